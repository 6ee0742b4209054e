import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pinoHttp } from 'pino-http';
import type { Settings } from '#config';
import { AppModule, type AppParts } from '../app.module.ts';
import { freeSocket } from './free-socket.ts';
import { LiveHub } from '../http/live/live-hub.ts';
import { loopbackOnly } from '../http/loopback-only.ts';
import { createOpenApiDocument, serveOpenApi } from '../http/openapi.ts';
import { ProblemFilter } from '../http/problem/problem.filter.ts';
import { createValidationPipe } from '../http/problem/validation.ts';
import { httpLogOptions, NestLog } from '../log.ts';
import { dashboardAssets } from '../web/dashboard-assets.ts';

/** The built page, beside the built server: dist/dashboard. */
const DASHBOARD = fileURLToPath(new URL('../../../../dashboard', import.meta.url));

/** The Nest application of a process. */
export interface HttpServer {
  close(): Promise<void>;
}

/** Assembles the application without listening; what the OpenAPI document is made from. */
async function createApp(parts: AppParts): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.assemble(parts), {
    logger: new NestLog(parts.logger),
    abortOnError: false,
    forceCloseConnections: true, // an open event stream would hold up the end
  });
  app.useGlobalFilters(new ProblemFilter(parts.logger));
  app.useGlobalPipes(createValidationPipe());
  app.disable('x-powered-by');
  return app;
}

/** Listens; `parts.info.listensOn` says where. */
export async function startHttpServer(parts: AppParts, settings: Settings): Promise<HttpServer> {
  const app = await createApp(parts);
  if (settings.trustProxy > 0) app.set('trust proxy', settings.trustProxy);
  app.use(pinoHttp(httpLogOptions(parts.logger)));
  app.use(loopbackOnly(settings.publicUrl));
  serveOpenApi(app, createOpenApiDocument(app, parts.info.version));
  app.use(dashboardAssets(DASHBOARD));
  const close = async (): Promise<void> => {
    app.get(LiveHub).close();
    await app.close();
  };
  try {
    await listen(app, settings, parts);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

/** The same application in a process that has no page: what it does for itself, such as its sweeps, goes on. */
export async function startWithoutHttp(parts: AppParts): Promise<HttpServer> {
  const options = { logger: new NestLog(parts.logger), abortOnError: false };
  return NestFactory.createApplicationContext(AppModule.assemble(parts), options);
}

async function listen(app: NestExpressApplication, { listen: where }: Settings, { info }: AppParts): Promise<void> {
  if ('socket' in where) {
    await freeSocket(where.socket);
    await app.listen(where.socket);
    info.listensOn = `unix:${where.socket}`;
    return;
  }
  await app.listen(where.port, where.host);
  const address: unknown = app.getHttpServer().address();
  const port =
    typeof address === 'object' && address !== null && 'port' in address ? String(address.port) : String(where.port);
  const host = where.host.includes(':') ? `[${where.host}]` : where.host;
  info.listensOn = `http://${host}:${port}`;
}
