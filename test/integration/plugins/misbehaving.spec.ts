import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMonitors, type Monitor, type ProbeResult } from '#collector';
import { Clock } from '#config';
import { startFakeAgents, type RunningAgents } from '../../support/hostile-agents.ts';
import { probe, probeMachine, Workshop } from './workshop.ts';

let workshop: Workshop;
let agents: RunningAgents;
let healthy: Monitor;
let builtIn: Monitor;

beforeAll(async () => {
  workshop = await Workshop.open();
  agents = await startFakeAgents({ count: 1, ports: 'each' });
  healthy = await workshop.monitor(
    await workshop.module("export default { kind: 'healthy', check: () => ({ ok: true }) };"),
  );
  const store = { append: () => Promise.resolve(), read: () => Promise.resolve([]) };
  builtIn = createMonitors({ clock: new Clock(), hostSamples: store, accessOf: () => null }).of('netdata');
  await probe(healthy);
});
afterAll(async () => {
  await builtIn?.close();
  await agents?.stop();
  await workshop?.close();
});

/** Asks the healthy plugin and a built-in monitor again and again while `work` is going on. */
async function besideOthers<T>(work: () => Promise<T>): Promise<{ result: T; others: ProbeResult[] }> {
  let isOver = false;
  const others: ProbeResult[] = [];
  const ask = async (look: () => Promise<ProbeResult>): Promise<void> => {
    while (!isOver) {
      others.push(await look());
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const asking = [ask(() => probe(healthy)), ask(() => probeMachine(builtIn, { netdata: agents.urls[0] ?? '' }))];
  const result = await work().finally(() => (isOver = true));
  await Promise.all(asking);
  return { result, others };
}

/** A plugin that is fine until it is told to misbehave, so that its process is up by then. */
function onDemand(check: string): string {
  return `
    const bad = { ${check} };
    export default {
      kind: 'thing',
      parameters: { now: { type: 'boolean' } },
      check: input => (input.parameters.now ? bad.check(input) : { ok: true }),
    };`;
}

interface Misbehaviour {
  readonly does: string;
  readonly check: string;
  readonly detail: RegExp;
  readonly reason?: string | null;
  readonly timeoutMs?: number;
}

const FOR_EVER = 'new Promise(() => {})';
/** In a loop it is a race which of them is noticed first. */
const TOO_MUCH =
  /its process (took \d+ MiB of memory and may take 128|ended with SIGABRT, as it does when|did not respond for 3 s)/;

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  { does: 'throws', check: "check() { throw new TypeError('boom') }", detail: /it threw: TypeError: boom$/ },
  { does: 'rejects', check: "check: async () => { throw new Error('boom') }", detail: /it threw: boom$/ },
  {
    does: 'rejects with a cause',
    check: "check: async () => { throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }) }",
    detail: /it threw: TypeError: fetch failed: connect ECONNREFUSED$/,
  },
  { does: 'throws nothing', check: 'check() { throw undefined }', detail: /it threw: undefined$/ },
  {
    does: 'throws what is no text',
    check: 'check() { throw Object.create(null) }',
    detail: /it threw: something that is no text$/,
  },
  { does: 'throws 10 MB', check: "check() { throw new Error('x'.repeat(1e7)) }", detail: /it threw: x{480,510}…?$/ },
  {
    does: 'throws where nobody catches it',
    check: `check() { setTimeout(() => { throw new Error('later') }); return ${FOR_EVER} }`,
    detail: /an error that nobody caught ended its process: later$/,
  },
  {
    does: 'leaves a rejection that nobody catches',
    check: `check() { void Promise.reject(new Error('lost')); return ${FOR_EVER} }`,
    detail: /a rejection that nobody caught ended its process: lost$/,
  },
  { does: 'exits', check: 'check() { process.exit(0) }', detail: /its process ended by itself, with exit code 0$/ },
  { does: 'exits with a code', check: 'check() { process.reallyExit(7) }', detail: /with exit code 7$/ },
  { does: 'aborts', check: 'check() { process.abort() }', detail: /its process ended with SIGABRT/ },
  {
    does: 'crashes',
    check: `check() { process.kill(process.pid, 'SIGSEGV'); return ${FOR_EVER} }`,
    detail: /its process ended with SIGSEGV$/,
  },
  {
    does: 'kills itself',
    check: `check() { process.kill(process.pid, 'SIGKILL'); return ${FOR_EVER} }`,
    detail: /its process ended with SIGKILL$/,
  },
  {
    does: 'never ends',
    check: `check: () => ${FOR_EVER}`,
    timeoutMs: 400,
    reason: 'timeout',
    detail: /^no result within 400ms$/,
  },
  {
    does: 'loops for ever',
    check: 'check() { for (;;); }',
    timeoutMs: 20_000,
    detail: /its process did not respond for 3 s, as in an endless loop$/,
  },
  {
    does: 'loops for ever, in less time than is needed to be sure',
    check: 'check() { for (;;); }',
    timeoutMs: 300,
    detail: /its process does not respond$/,
  },
  {
    does: 'never lets the event loop go on',
    check: `check() { const next = () => queueMicrotask(next); next(); return ${FOR_EVER} }`,
    timeoutMs: 20_000,
    detail: /did not respond for 3 s/,
  },
  {
    does: 'waits without an event loop',
    check: 'check() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) }',
    timeoutMs: 20_000,
    detail: /did not respond for 3 s/,
  },
  {
    does: 'fills its heap',
    check: 'check() { const kept = []; for (;;) kept.push(Array.from({ length: 1e4 }, (_, n) => n + 0.5)); }',
    timeoutMs: 20_000,
    detail: TOO_MUCH,
  },
  {
    does: 'fills memory beside its heap',
    check: 'check() { const kept = []; for (;;) kept.push(Buffer.alloc(1e5, 1)); }',
    timeoutMs: 20_000,
    detail: TOO_MUCH,
  },
  {
    does: 'leaks memory little by little',
    check: `check() { const kept = []; setInterval(() => kept.push(Buffer.alloc(1e6, 1)), 2); return ${FOR_EVER} }`,
    timeoutMs: 20_000,
    detail: /its process took \d+ MiB of memory and may take 128 \(memory_mib in nodeconf\.yml\)$/,
  },
  {
    does: 'writes without end in a loop',
    check: "check() { for (;;) console.log('x'.repeat(1e4)); }",
    timeoutMs: 20_000,
    detail: /did not respond for 3 s|its process took \d+ MiB/,
  },
  {
    does: 'closes the channel',
    check: `check: async () => { (await import('node:fs')).closeSync(3); return ${FOR_EVER} }`,
    detail: /its process ended (with SIGKILL|by itself)/,
  },
  {
    does: 'writes rubbish into the channel',
    check: `check: async () => { (await import('node:fs')).writeSync(3, 'rubbish\\n'); return ${FOR_EVER} }`,
    detail: /its process sent something that is no message$/,
  },
  {
    does: 'writes without end into the channel',
    check: `check: async () => { const { writeSync } = await import('node:fs'); setInterval(() => { try { writeSync(3, 'x'.repeat(1e4)); } catch {} }); return ${FOR_EVER} }`,
    detail: /its process sent a message without end$/,
  },
  {
    does: 'breaks what it runs on',
    check: 'check() { JSON.stringify = () => { throw new Error() }; return { ok: true } }',
    detail: /its process/,
  },
  { does: 'gives nothing', check: 'check() {}', detail: /it gave nothing, not \{ ok, reason, detail, measures \}$/ },
  { does: 'gives a number', check: 'check: () => 42', detail: /it gave 42, not \{/ },
  { does: 'gives a text', check: "check: () => 'up'", detail: /it gave "up", not \{/ },
  { does: 'gives a function', check: 'check: () => () => 1', detail: /it gave "\(function\)", not \{/ },
  { does: 'gives a symbol', check: "check: () => Symbol('x')", detail: /it gave "Symbol\(x\)", not \{/ },
  { does: 'gives an empty mapping', check: 'check: () => ({})', detail: /ok: undefined is neither true nor false$/ },
  {
    does: 'gives a cyclic value',
    check: 'check() { const a = { ok: true }; a.a = a; return a; }',
    detail: /a result that cannot be passed on: TypeError: Converting circular/,
  },
  {
    does: 'gives a value that throws',
    check: "check: () => ({ get ok() { throw new Error('no') } })",
    detail: /a result that cannot be passed on: no$/,
  },
  {
    does: 'gives a reason that is none',
    check: "check: () => ({ ok: false, reason: 'offline' })",
    detail: /reason: "offline" is none of refused, /,
  },
  {
    does: 'gives NaN as a measure',
    check: 'check: () => ({ ok: true, measures: { peers: NaN } })',
    detail: /measures\.peers: "NaN" is no number/,
  },
  {
    does: 'gives a huge integer as a measure',
    check: 'check: () => ({ ok: true, measures: { peers: 10n ** 30n } })',
    detail: /measures\.peers: "1000000000000000000000000000000" is no number/,
  },
  {
    does: 'gives a detail of 10 MB',
    check: "check: () => ({ ok: true, detail: 'x'.repeat(1e7) })",
    detail: /a result that cannot be passed on: 97\d\d KiB of JSON are more than 64 KiB$/,
  },
  {
    does: 'gives a million keys',
    check: 'check: () => Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [i, i]))',
    detail: /KiB of JSON are more than 64 KiB$|took \d+ MiB/,
  },
];

describe('a plugin that harms nobody', () => {
  test.each(MISBEHAVIOURS)(
    'when its check $does',
    async ({ check, detail, reason = 'unobserved', timeoutMs = 5_000 }) => {
      const bad = await workshop.monitor(await workshop.module(onDemand(check)));
      expect(await probe(bad)).toMatchObject({ reason: null });
      const { result, others } = await besideOthers(() => probe(bad, { now: true }, { timeoutMs }));
      expect(result.detail).toMatch(detail);
      expect(result).toMatchObject({ reason, measures: null, values: null, facts: null });
      expect(others.length).toBeGreaterThan(0);
      expect(others.filter(other => other.reason !== null)).toEqual([]);
      await bad.close();
    },
  );
});
