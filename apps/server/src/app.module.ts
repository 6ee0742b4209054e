import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, Reflector } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import type { Logger } from 'pino';
import type { Passwords } from '#auth';
import { Clock, type Settings } from '#config';
import { AgentTester, DeviceMemoryReader, DevicesReader, LiveReader, SecondsReader } from '#collector';
import { Queues, type SchedulerWatchdog } from '#jobs';
import { TransitionAnnouncer } from '#mesh';
import { Storage } from '#storage';
import { AccessGuard } from './http/access/access.guard.ts';
import { expectsProxy } from './http/access/local-request.ts';
import { requestLimit } from './http/access/request-limit.ts';
import { ACCOUNT_CONTROLLERS, accountProvidersOf } from './http/auth/account-providers.ts';
import { DevicesController } from './http/devices/devices.controller.ts';
import { EventsController } from './http/events/events.controller.ts';
import { HealthController } from './http/health/health.controller.ts';
import { Readiness } from './http/health/readiness.ts';
import { GapsController } from './http/gaps/gaps.controller.ts';
import { HistoryAnswers } from './http/history/history-answers.ts';
import { HistoryController } from './http/history/history.controller.ts';
import { HistoryReader } from './http/history/history-reader.ts';
import { MetricAnswers } from './http/history/metric-answers.ts';
import { NetworkHistoryController } from './http/history/network-history.controller.ts';
import { InfoController } from './http/info/info.controller.ts';
import { LiveAccess } from './http/live/live-access.ts';
import { LiveController } from './http/live/live.controller.ts';
import { LiveHub } from './http/live/live-hub.ts';
import { LiveValues } from './http/live/live-values.ts';
import { MachineTestController } from './http/machine-test/machine-test.controller.ts';
import { MachineLookup } from './http/machines/machine-lookup.ts';
import { MachineEditController } from './http/machine-edit/machine-edit.controller.ts';
import { MachinesController } from './http/machines/machines.controller.ts';
import { NetworkFileController } from './http/network-file/network-file.controller.ts';
import { NetworksController } from './http/networks/networks.controller.ts';
import { MachinePauses } from './http/pause/machine-pauses.ts';
import { PauseController } from './http/pause/pause.controller.ts';
import { PrometheusController } from './http/prometheus/prometheus.controller.ts';
import { PrometheusMetrics } from './http/prometheus/prometheus-metrics.ts';
import { ServiceFigures } from './http/services/service-figures.ts';
import { ServicesController } from './http/services/services.controller.ts';
import { StorageController } from './http/storage/storage.controller.ts';
import { UptimeController } from './http/uptime/uptime.controller.ts';
import { NetworkEditor } from './networks/network-editor.ts';
import type { NetworkFiles } from './networks/network-files.ts';
import { OutboxSweep } from './outbox-sweep.ts';
import { ServerInfo } from './server-info.ts';

/** What the application is assembled from; made and closed by the start-up, not by Nest. */
export interface AppParts {
  readonly settings: Settings;
  readonly info: ServerInfo;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storage: Storage;
  readonly passwords: Passwords;
  readonly queues: Queues;
  readonly schedulers: SchedulerWatchdog;
  readonly liveReader: LiveReader;
  readonly secondsReader: SecondsReader;
  readonly devicesReader: DevicesReader;
  readonly deviceMemoryReader: DeviceMemoryReader;
  readonly announcer: TransitionAnnouncer;
  readonly networkFiles: NetworkFiles;
  readonly networkEditor: NetworkEditor;
  readonly agentTester: AgentTester;
}

/** The only place that sees every part of the HTTP side. */
@Module({})
export class AppModule {
  static assemble(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ScheduleModule.forRoot(),
        DiscoveryModule,
        ThrottlerModule.forRoot(
          requestLimit(parts.settings.rateLimit, { ...parts, proxied: expectsProxy(parts.settings) }),
        ),
      ],
      controllers: [
        HealthController,
        InfoController,
        NetworksController,
        HistoryController,
        NetworkHistoryController,
        UptimeController,
        GapsController,
        EventsController,
        DevicesController,
        MachinesController,
        MachineEditController,
        PauseController,
        MachineTestController,
        NetworkFileController,
        ServicesController,
        LiveController,
        StorageController,
        PrometheusController,
        ...ACCOUNT_CONTROLLERS,
      ],
      providers: providersOf(parts),
    };
  }
}

function providersOf(parts: AppParts): Provider[] {
  const { info, clock, logger, storage, queues, networkFiles } = parts;
  const live = new LiveHub(storage, new LiveValues(parts.liveReader, storage, clock), logger);
  return [
    { provide: ServerInfo, useValue: info },
    { provide: Clock, useValue: clock },
    { provide: Storage, useValue: storage },
    { provide: NetworkEditor, useValue: parts.networkEditor },
    { provide: AgentTester, useValue: parts.agentTester },
    { provide: MachinePauses, useValue: new MachinePauses({ storage, publisher: queues, clock }) },
    { provide: Readiness, useValue: new Readiness(storage, queues, parts.schedulers, logger) },
    { provide: MachineLookup, useValue: new MachineLookup({ storage, info, networkFiles }) },
    { provide: ServiceFigures, useValue: new ServiceFigures(storage, clock) },
    ...historyProvidersOf(parts),
    { provide: DevicesReader, useValue: parts.devicesReader },
    { provide: DeviceMemoryReader, useValue: parts.deviceMemoryReader },
    { provide: LiveHub, useValue: live },
    {
      provide: PrometheusMetrics,
      useValue: new PrometheusMetrics({ storage, queues, live, clock, networks: info.networks, version: info.version }),
    },
    { provide: OutboxSweep, useValue: new OutboxSweep(parts.announcer, logger) },
    ...accountProvidersOf(parts),
    ...accessProvidersOf(parts),
  ];
}

/** In this order: who asks too often is told so before it is looked what he may. */
function accessProvidersOf({ settings, info, clock, logger: log, storage }: AppParts): Provider[] {
  const server = { networks: info.networks, publicUrl: settings.publicUrl, proxied: expectsProxy(settings) };
  return [
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    {
      provide: APP_GUARD,
      inject: [Reflector],
      useFactory: (reflector: Reflector) => new AccessGuard(reflector, server),
    },
    { provide: LiveAccess, useValue: new LiveAccess({ storage, clock, log, idleMs: settings.session.idleMs }) },
  ];
}

function historyProvidersOf({ info, clock, storage, secondsReader }: AppParts): Provider[] {
  const reader = new HistoryReader({ storage, fine: secondsReader, info, clock });
  const answers = new HistoryAnswers(reader);
  return [
    { provide: HistoryAnswers, useValue: answers },
    { provide: MetricAnswers, useValue: new MetricAnswers({ storage, reader, answers }) },
  ];
}
