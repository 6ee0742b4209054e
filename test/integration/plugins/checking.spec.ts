import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../support/services.ts';
import { probe, probeMachine, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop?.close());

/** A plugin that gives back what it was given. */
const ECHO = `export default {
  kind: 'thing',
  needs: 'address',
  parameters: {
    url: { type: 'url', required: true },
    every: { type: 'duration', default: '2m' },
    states: { type: 'list', of: ['full', 'proposing'], default: ['full'] },
  },
  async check({ parameters, settings, machine, timeoutMs, signal }) {
    const whole = Number.isInteger(timeoutMs) && timeoutMs <= 5000 && timeoutMs > 0 && !signal.aborted;
    return { ok: true, detail: JSON.stringify({ parameters, settings, machine }), measures: { whole: Number(whole) } };
  },
};`;

describe('a check of a plugin', () => {
  test('of a service is given its parameters, defaults filled in, and the settings of nodeconf.yml', async () => {
    const monitor = await workshop.monitor(await workshop.module(ECHO, { settings: { token: 't0ken' } }));
    const { detail, measures } = await probe(monitor, { url: 'http://node', states: ['proposing'] });
    expect(JSON.parse(detail ?? '')).toEqual({
      parameters: { url: 'http://node', every: 120_000, states: ['proposing'] },
      settings: { token: 't0ken' },
      machine: null,
    });
    expect(measures).toEqual({ whole: 1 });
  });

  test('of a machine is given the machine too, and its address for {address}', async () => {
    const monitor = await workshop.monitor(await workshop.module(ECHO));
    const machine = { name: 'web-1', address: '10.0.0.7', netdata: 'http://10.0.0.7:19999', labels: { tier: 'web' } };
    const { detail } = await probeMachine(monitor, { ...machine, via: 'front' }, { url: 'http://{address}:5005' });
    expect(JSON.parse(detail ?? '')).toEqual({
      parameters: { url: 'http://10.0.0.7:5005', every: 120_000, states: ['full'] },
      settings: {},
      machine,
    });
  });

  test('is given a text with the line ends of Unicode as it is', async () => {
    const monitor = await workshop.monitor(await workshop.module(ECHO));
    const machine = { name: 'web-1', address: '10.0.0.7', labels: { note: 'one\u2028two\u2029three' } };
    const { detail } = await probeMachine(monitor, machine, { url: 'http://{address}' });
    expect(JSON.parse(detail ?? '')).toMatchObject({ machine });
  });

  test('that changes what it was given changes it for nobody else', async () => {
    const source = `export default { kind: 'thing', check({ settings }) {
      const found = settings.token;
      settings.token = 'changed';
      return { ok: true, detail: found };
    } };`;
    const monitor = await workshop.monitor(await workshop.module(source, { settings: { token: 'kept' } }));
    expect((await probe(monitor)).detail).toBe('kept');
    expect((await probe(monitor)).detail).toBe('kept');
  });

  test('is timed: by distomon, or by the plugin itself', async () => {
    const source = `export default { kind: 'thing', parameters: { own: { type: 'number' }, ok: { type: 'boolean' } },
      async check({ parameters }) {
        await new Promise(resolve => setTimeout(resolve, 60));
        return { ok: parameters.ok, reason: parameters.ok ? null : 'dns', latencyMs: parameters.own };
      } };`;
    const monitor = await workshop.monitor(await workshop.module(source));
    expect((await probe(monitor, { ok: true })).latencyMs).toBeGreaterThanOrEqual(59);
    expect((await probe(monitor, { ok: true, own: 1.5 })).latencyMs).toBe(1.5);
    expect(await probe(monitor, { ok: false })).toMatchObject({ reason: 'dns', latencyMs: null });
    expect(await probe(monitor, { ok: false, own: 3 })).toMatchObject({ reason: 'dns', latencyMs: 3 });
  });
});

describe('the time of a check', () => {
  /** Waits until it is stopped; tells how often that has happened, and how. */
  const PATIENT = `let waiting = 0, stopped = 0, how = '';
    export default { kind: 'thing', parameters: { wait: { type: 'boolean' } },
      check({ parameters, signal }) {
        if (!parameters.wait) return { ok: true, detail: how, measures: { waiting, stopped } };
        waiting += 1;
        return new Promise(resolve => signal.addEventListener('abort', () => {
          [stopped, how] = [stopped + 1, signal.reason.name];
          resolve({ ok: true, detail: 'late' });
        }));
      } };`;

  test.each([400, 1_200])(
    'ends it after %d ms: the signal is aborted and what comes later is dropped',
    async timeoutMs => {
      const monitor = await workshop.monitor(await workshop.module(PATIENT));
      await probe(monitor);
      const late = await probe(monitor, { wait: true }, { timeoutMs });
      expect(late).toMatchObject({ reason: 'timeout', detail: `no result within ${timeoutMs}ms`, latencyMs: null });
      expect(await probe(monitor)).toMatchObject({
        reason: null,
        detail: 'TimeoutError',
        measures: { waiting: 1, stopped: 1 },
      });
    },
  );

  test('that was spent on starting the process accuses nobody', async () => {
    const slow =
      "await new Promise(resolve => setTimeout(resolve, 1000)); export default { kind: 'thing', check: () => new Promise(() => {}) };";
    const monitor = await workshop.monitor(await workshop.module(slow));
    const early = await probe(monitor, {}, { timeoutMs: 200 });
    expect(early).toMatchObject({
      reason: 'unobserved',
      detail: 'the plugin thing: its process is still being started',
    });
    const first = await probe(monitor, {}, { timeoutMs: 4_000 });
    expect(first).toMatchObject({
      reason: 'unobserved',
      detail: 'the plugin thing: it had to wait and had less than its time left',
    });
    expect(await probe(monitor, {}, { timeoutMs: 400 })).toMatchObject({ reason: 'timeout' });
  });

  test('is cut short when distomon stops', async () => {
    const monitor = await workshop.monitor(await workshop.module(PATIENT));
    await probe(monitor);
    const stopping = new AbortController();
    const cut = probe(monitor, { wait: true }, { timeoutMs: 60_000, signal: stopping.signal });
    await waitFor(async () => (await probe(monitor)).measures?.['waiting'] === 1);
    stopping.abort();
    expect(await cut).toMatchObject({ reason: 'unobserved', detail: 'the plugin thing: distomon is stopping' });
    const after = await probe(monitor, {}, { signal: stopping.signal });
    expect(after).toMatchObject({ reason: 'unobserved', detail: 'the plugin thing: distomon is stopping' });
    await waitFor(async () => (await probe(monitor)).measures?.['stopped'] === 1);
  });
});

describe('many checks at once', () => {
  test('share one process, a hundred of them at a time', async () => {
    const source = `let open = 0, most = 0;
      export default { kind: 'thing', async check() {
        most = Math.max(most, (open += 1));
        await new Promise(resolve => setTimeout(resolve, 30));
        open -= 1;
        return { ok: true, measures: { most, pid: process.pid } };
      } };`;
    const monitor = await workshop.monitor(await workshop.module(source));
    const results = await Promise.all(Array.from({ length: 250 }, () => probe(monitor)));
    expect(results.filter(({ reason }) => reason !== null)).toEqual([]);
    expect(new Set(results.map(({ measures }) => measures?.['pid'])).size).toBe(1);
    expect(Math.max(...results.map(({ measures }) => measures?.['most'] ?? 0))).toBe(100);
  });

  test('that had to wait for others until their time was up accuse nobody', async () => {
    const source = `export default { kind: 'thing', parameters: { wait: { type: 'boolean' } },
      check: ({ parameters }) => parameters.wait ? new Promise(() => {}) : { ok: true } };`;
    const monitor = await workshop.monitor(await workshop.module(source));
    await probe(monitor);
    const patient = Array.from({ length: 100 }, () => probe(monitor, { wait: true }, { timeoutMs: 1_500 }));
    const inLine = Array.from({ length: 20 }, () => probe(monitor, {}, { timeoutMs: 300 }));
    const next = probe(monitor, {}, { timeoutMs: 10_000 });
    for (const result of await Promise.all(inLine)) {
      expect(result).toMatchObject({ reason: 'unobserved' });
      expect(result.detail).toBe('the plugin thing: 100 checks of it were under way all the time');
    }
    for (const result of await Promise.all(patient)) expect(result).toMatchObject({ reason: 'timeout' });
    expect(await next).toMatchObject({ reason: null });
  });
});
