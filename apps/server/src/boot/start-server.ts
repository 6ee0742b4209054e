import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { Passwords, Setup } from '#auth';
import { Clock, type Settings } from '#config';
import {
  AgentTester,
  DeviceMemoryReader,
  DevicesReader,
  type CollectorParts,
  LiveReader,
  SecondsReader,
} from '#collector';
import { openQueues, type QueueBackend } from '#jobs';
import { TransitionAnnouncer } from '#mesh';
import { closeQueuePool, createQueuePool } from '#storage';
import type { AppParts } from '../app.module.ts';
import { NetworkDirectories } from '../networks/network-directories.ts';
import { NetworkEditor } from '../networks/network-editor.ts';
import { NetworkDirectory } from '../networks/network-directory.ts';
import { NetworkFiles } from '../networks/network-files.ts';
import { ServerInfo } from '../server-info.ts';
import { openDatabase, type OpenDatabase } from './database.ts';
import { type SignInNotice, prepareFirstAdmin } from './first-admin.ts';
import { startHttpServer, startWithoutHttp } from './http-server.ts';
import type { LoadedNetwork, NodeFiles } from './node-files.ts';
import { Shutdown } from './shutdown.ts';
import { accessFinder, createCollectorParts, createSchedulers, startWorkers } from './workers.ts';

/** A running process. */
export interface RunningServer {
  readonly info: ServerInfo;
  /** `null`: it has no page to sign in at. A link in it is a secret: it is shown and never logged. */
  readonly firstAdmin: SignInNotice | null;
  /** Ends everything that was started, in the opposite order, within a few seconds. */
  stop(): Promise<void>;
}

/**
 * Starts what this process's roles ask for. When a step fails, or the signal is aborted, what was started before is
 * ended again.
 */
export async function startServer(
  settings: Settings,
  files: NodeFiles,
  logger: Logger,
  signal: AbortSignal,
): Promise<RunningServer> {
  const shutdown = new Shutdown(logger);
  try {
    const started = await start(settings, files, { logger, shutdown, signal });
    return { ...started, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(
  settings: Settings,
  files: NodeFiles,
  { logger, shutdown, signal }: { logger: Logger; shutdown: Shutdown; signal: AbortSignal },
): Promise<Omit<RunningServer, 'stop'>> {
  const clock = new Clock();
  const database = await openDatabase(settings, logger, signal);
  shutdown.add('database', () => database.close());
  const { storage } = database;

  const networkFiles = new NetworkFiles(storage, files.kinds);
  const directories = new NetworkDirectories(
    files.networks.map(network => directoryOf(network, { database, clock, logger, networkFiles, files, settings })),
  );
  shutdown.add('network directories', () => directories.stop());
  await directories.start();

  const { backend, close } = openBackend(settings, database);
  shutdown.add('queue connections', close);
  const queues = await openQueues({ backend, log: logger });
  shutdown.add('queues', () => queues.close());
  const networks = files.networks.map(network => network.file.networkId);
  const worker = `${settings.processLabel}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const observers = new Map(files.networks.map(({ file, nodeId }) => [file.networkId, nodeId]));
  const parts = createCollectorParts({
    settings,
    clock,
    logger,
    storage,
    queues,
    networks,
    networkFiles,
    worker,
    observers,
    access: files.access,
    plugins: files.plugins,
  });
  shutdown.add('monitors', () => parts.monitors.close());
  const info = new ServerInfo({
    ...factsOf(settings, clock),
    observers,
    databaseDirectory: database.directory,
    queue: backend.kind,
    networks,
  });
  const app: AppParts = {
    settings,
    info,
    clock,
    logger,
    storage,
    passwords: new Passwords(),
    queues,
    schedulers: createSchedulers(queues, logger, clock),
    ...createReaders(parts, settings.processLabel, files),
    announcer: new TransitionAnnouncer({ storage, publisher: queues, clock, log: logger }),
    networkFiles,
    networkEditor: createEditor(files, { storage, clock, networkFiles, directories }),
  };
  return await startApplication(app, parts, shutdown);
}

function factsOf({ windowMs, retentionMs }: Settings, clock: Clock) {
  return { version: readVersion(), startedAt: clock.now(), windowMs, retentionMs };
}

type Readers = Pick<AppParts, 'liveReader' | 'secondsReader' | 'devicesReader' | 'deviceMemoryReader' | 'agentTester'>;

/** What reads machines for somebody who waits, here or through the process that owns them. */
function createReaders(parts: CollectorParts, label: string, { access }: Pick<NodeFiles, 'access'>): Readers {
  return {
    liveReader: new LiveReader(parts, label),
    secondsReader: new SecondsReader(parts, label),
    devicesReader: new DevicesReader(parts, label),
    deviceMemoryReader: new DeviceMemoryReader(parts, label),
    agentTester: new AgentTester({ ...parts, label, accessOf: accessFinder(access) }),
  };
}

async function startApplication(
  app: AppParts,
  parts: CollectorParts,
  shutdown: Shutdown,
): Promise<Omit<RunningServer, 'stop'>> {
  const { settings, info } = app;
  const hasApi = settings.roles.includes('api');
  const firstAdmin = hasApi ? await firstAdminOf(app) : null;
  await startWorkers({ ...app, parts, shutdown });
  const nest = hasApi ? await startHttpServer(app, settings) : await startWithoutHttp(app);
  shutdown.add('application', () => nest.close());
  return { info, firstAdmin };
}

/** What the log says of it. */
const ACCOUNTS_LOG: Readonly<Record<SignInNotice['kind'], string>> = {
  accounts: 'there are accounts',
  created: 'ADMIN_EMAIL was made the first admin',
  'not-first': 'there are accounts, and ADMIN_EMAIL is none of them: it makes only the first one',
  link: 'nobody has an account yet: standard output has the link to make the first one',
};

/** Before it listens: whoever is asked to sign in should be able to. */
async function firstAdminOf({ settings, storage, clock, logger, passwords }: AppParts): Promise<SignInNotice> {
  const { session, admin } = settings;
  const setup = new Setup({ storage, clock, session, passwords });
  const firstAdmin = await prepareFirstAdmin(setup, admin);
  logger.info({ accounts: firstAdmin.kind }, ACCOUNTS_LOG[firstAdmin.kind]);
  return firstAdmin;
}

interface DirectoryParts {
  readonly database: OpenDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly networkFiles: NetworkFiles;
  readonly files: NodeFiles;
  readonly settings: Settings;
}

function directoryOf(
  { path, file }: LoadedNetwork,
  { database, clock, logger, networkFiles, files, settings }: DirectoryParts,
): NetworkDirectory {
  return new NetworkDirectory({
    network: file.networkId,
    file: path,
    storage: database.storage,
    process: settings.processLabel,
    clock,
    log: logger,
    kinds: files.kinds,
    onAccepted: network => networkFiles.forget(network),
  });
}

function createEditor(
  files: NodeFiles,
  { directories, ...parts }: Pick<AppParts, 'storage' | 'clock' | 'networkFiles'> & { directories: NetworkDirectories },
): NetworkEditor {
  const types = new Map(files.networks.map(({ file, type }) => [file.networkId, type]));
  return new NetworkEditor({
    ...parts,
    kinds: files.kinds,
    typeOf: network => types.get(network) ?? 'local',
    exportNow: network => directories.exportNow(network),
  });
}

/** With Redis the queues live there; without, in the same PostgreSQL. */
function openBackend(
  settings: Settings,
  database: OpenDatabase,
): { backend: QueueBackend; close: () => Promise<void> } {
  if (settings.redisUrl !== null)
    return { backend: { kind: 'redis', url: settings.redisUrl }, close: () => Promise.resolve() };
  const pool = createQueuePool(database.url);
  return { backend: { kind: 'postgres', pool }, close: () => closeQueuePool(pool) };
}

function readVersion(): string {
  const text = readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
