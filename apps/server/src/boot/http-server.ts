import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pinoHttp } from 'pino-http';
import { Authenticator } from '#auth';
import type { Settings } from '#config';
import { AppModule, type AppParts } from '../app.module.ts';
import { freeSocket } from './free-socket.ts';
import { proxyWarning } from './proxy-warning.ts';
import { answerHeaders } from '../http/access/answer-headers.ts';
import { recogniseCallers } from '../http/access/caller.ts';
import { refusalOfPage, signedInOnly } from '../http/access/pages.ts';
import { requireDeclaredAccess } from '../http/access/require-declared-access.ts';
import { LiveAccess } from '../http/live/live-access.ts';
import { LiveHub } from '../http/live/live-hub.ts';
import { createOpenApiDocument, DOCUMENT_PATHS, serveOpenApi } from '../http/openapi.ts';
import { readJsonBodies } from '../http/problem/json-body.ts';
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
    bodyParser: false, // it would read forms, which other sites can make a browser send
  });
  requireDeclaredAccess(app);
  app.useGlobalFilters(new ProblemFilter(parts.logger));
  app.useGlobalPipes(createValidationPipe());
  app.disable('x-powered-by');
  return app;
}

/**
 * Listens; `parts.info.listensOn` says where. What answers without Nest's router, and so without its guards, asks by itself
 * who is there: the documentation and the pages.
 */
export async function startHttpServer(parts: AppParts, settings: Settings): Promise<HttpServer> {
  const app = await createApp(parts);
  const warning = proxyWarning(settings);
  if (warning !== null) parts.logger.warn({ publicUrl: settings.publicUrl }, warning);
  if (settings.trustProxy > 0) app.set('trust proxy', settings.trustProxy);
  app.use(pinoHttp(httpLogOptions(parts.logger)));
  app.use(recogniseCallers(app.get(Authenticator)));
  app.use(['/api', '/metrics'], answerHeaders);
  app.use(DOCUMENT_PATHS, signedInOnly());
  serveOpenApi(app, createOpenApiDocument(app, parts.info.version));
  app.use(dashboardAssets(DASHBOARD, refusalOfPage));
  readJsonBodies(app);
  const close = async (): Promise<void> => {
    app.get(LiveAccess).close();
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
