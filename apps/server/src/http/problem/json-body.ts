import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';
import { callerOf } from '../access/caller.ts';
import { invalidRequest } from './problem.ts';

/** The largest body of a request; but for those of network files none of ours comes near. */
const MAX_BYTES = 64 * 1024;
/** A network file of 1 MiB in JSON, where its line breaks and quotes take twice the room. */
const MAX_FILE_BYTES = 3 * 1024 * 1024;
const FILES = /^\/api\/v1\/networks\/[^/]+\/(?:file|machines)\/?$/i;
/** Bodies of ours are two levels deep. Who checks one goes down by recursion, and a body of 64 kB can nest 30 000 levels. */
const MAX_LEVELS = 20;

/** Has bodies read: JSON, and nothing else, as other sites can make a browser send the rest. */
export function readJsonBodies(app: NestExpressApplication): void {
  app.use(letLargeIn);
  app.useBodyParser('json', { limit: MAX_FILE_BYTES, strict: false, type: isLetIn });
  app.useBodyParser('json', { limit: MAX_BYTES, strict: false }); // what is no object is refused here, with its reason
  app.use(plainObjectsOnly);
}

const LET_IN = Symbol('may be large');

/** Only of those who may change a network file is a large body read: anybody can send one. */
const letLargeIn: RequestHandler = async (request: Request & { [LET_IN]?: boolean }, _response, next) => {
  const isLarge = FILES.test(request.path) && !(Number(request.headers['content-length']) <= MAX_BYTES);
  if (isLarge) request[LET_IN] = (await callerOf(request))?.permissions.includes('networks:write') ?? false;
  next();
};

function isLetIn(request: object): boolean {
  const asked = request as Request & { [LET_IN]?: boolean };
  return asked[LET_IN] === true && /^application\/json\b/i.test(asked.headers['content-type'] ?? '');
}

const plainObjectsOnly: RequestHandler = ({ body }: { readonly body: unknown }, _response, next) => {
  const problem = body === undefined ? null : problemOfBody(body); // undefined: there is none, or not in JSON
  if (problem === null) next();
  else next(invalidRequest('body', problem));
};

/** What is wrong with a body before anybody looks at its fields; `null`: nothing. */
export function problemOfBody(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'must be a JSON object';
  return isDeeperThan(body, MAX_LEVELS) ? `must not nest deeper than ${MAX_LEVELS} levels` : null;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(part => isDeeperThan(part, levels - 1));
}
