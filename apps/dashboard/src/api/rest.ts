import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

/** Every route of the server, typed by its own description; whoever reads an answer unpacks it with `answerOf`. */
export const api = createClient<paths, 'application/json'>();
