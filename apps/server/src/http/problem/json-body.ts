import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { invalidRequest } from './problem.ts';

/** The largest body of a request; none of ours comes near. */
const MAX_BYTES = 64 * 1024;
/** Bodies of ours are two levels deep. Who checks one goes down by recursion, and a body of 64 kB can nest 30 000 levels. */
const MAX_LEVELS = 20;

/** Has bodies read: JSON, and nothing else, as other sites can make a browser send the rest. */
export function readJsonBodies(app: NestExpressApplication): void {
  app.useBodyParser('json', { limit: MAX_BYTES, strict: false }); // what is no object is refused here, with its reason
  app.use(plainObjectsOnly);
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
