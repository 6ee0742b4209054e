import { Client } from 'undici';
import { spreadOf, type Spread } from '../support/spread.ts';
import { Failure } from '../support/failure.ts';
import { say } from '../support/progress.ts';
import type { Person } from './people.ts';

/** By what the requests of a subject are recognised. */
export type By = 'nobody' | 'session' | 'token';

/** What is asked, and by whom. */
interface Subject {
  readonly path: string;
  readonly by: By;
  /** What is answered. */
  readonly status: number;
}

/** What one subject came to, in milliseconds. */
export interface Measured extends Subject, Spread {}

/**
 * The session's own view is open to nobody, too, and tells a user more: it reads whom to ask. What the sign-in
 * by Google answers while it is off (404) is the same for all, so the pair differs in nothing but the looking up.
 * /api/v1/info takes `metrics:read`, and asks the database for nothing itself.
 */
const SUBJECTS: readonly Subject[] = [
  { path: '/api/v1/auth/session', by: 'nobody', status: 200 },
  { path: '/api/v1/auth/session', by: 'session', status: 200 },
  { path: '/api/v1/auth/google', by: 'nobody', status: 404 },
  { path: '/api/v1/auth/google', by: 'session', status: 404 },
  { path: '/api/v1/info', by: 'session', status: 200 },
  { path: '/api/v1/info', by: 'token', status: 200 },
];
const WARM_ROUNDS = 200;

/** Asks each subject so often, in turns; each on a connection of its own, each time as somebody else. */
export async function measure(url: string, people: readonly Person[], requests: number): Promise<Measured[]> {
  const running = SUBJECTS.map(subject => ({ subject, client: new Client(url), times: [] as number[] }));
  try {
    for (let round = -WARM_ROUNDS; round < requests; round += 1) {
      // Whoever comes after the slowest subject is never the same.
      for (let turn = 0; turn < running.length; turn += 1) {
        const one = running[(turn + round + WARM_ROUNDS) % running.length] as (typeof running)[number];
        const ms = await ask(one.client, one.subject, personOf(people, round));
        if (round >= 0) one.times.push(ms);
      }
    }
  } finally {
    await Promise.all(running.map(({ client }) => client.destroy()));
  }
  say(`${requests} requests of each subject`);
  return running.map(({ subject, times }) => ({ ...subject, ...spreadOf(times) }));
}

/** All of them, in an order that is no order; 7919 is a prime, which no number of people is likely to share. */
function personOf(people: readonly Person[], round: number): Person {
  return people[((round + WARM_ROUNDS) * 7919) % people.length] as Person;
}

async function ask(client: Client, { path, by, status }: Subject, person: Person): Promise<number> {
  const startedAt = performance.now();
  const { statusCode, body } = await client.request({ method: 'GET', path, headers: headersOf(by, person) });
  const text = await body.text();
  const ms = performance.now() - startedAt;
  if (statusCode !== status) throw new Failure(`GET ${path} by ${by} answers ${statusCode}: ${text.slice(0, 500)}`);
  if (path.endsWith('/session') && text.includes('"account":null') !== (by === 'nobody'))
    throw new Failure(`GET ${path} by ${by} does not know who asks: ${text.slice(0, 500)}`);
  return ms;
}

function headersOf(by: By, { cookie, authorization }: Person): Record<string, string> {
  if (by === 'nobody') return {};
  return by === 'session' ? { cookie } : { authorization };
}
