import { useEffect, useRef, useState } from 'react';
import { type MachineTest, testMachine } from '../../api/editor-client.ts';
import { sentenceOf } from '../account/failure-text.ts';

/** What came of looking at one agent; `error`: it could not be looked at. */
export type LineTest =
  | { readonly kind: 'pending' }
  | { readonly kind: 'told'; readonly test: MachineTest }
  | { readonly kind: 'error'; readonly error: string };

/** The server takes ten at once, of all admins. */
const AT_ONCE = 4;

interface LineTests {
  /** By address. */
  readonly tests: ReadonlyMap<string, LineTest>;
  readonly isBusy: boolean;
  readonly run: (urls: readonly string[], auth: string | null) => void;
}

/** Looks at many agents, a few at a time; it ends with the dialog. */
export function useLineTests(network: string): LineTests {
  const [tests, setTests] = useState<ReadonlyMap<string, LineTest>>(new Map());
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const tell = (url: string, test: LineTest): void => setTests(before => new Map(before).set(url, test));
  const run = (urls: readonly string[], auth: string | null): void => {
    const { signal } = (abort.current = new AbortController());
    const left = [...new Set(urls)];
    setTests(new Map(left.map(url => [url, { kind: 'pending' }])));
    const work = async (): Promise<void> => {
      for (let url = left.shift(); url !== undefined && !signal.aborted; url = left.shift())
        tell(url, await look(network, url, auth, signal));
    };
    for (let worker = 0; worker < AT_ONCE; worker += 1) void work();
  };
  return { tests, run, isBusy: [...tests.values()].some(({ kind }) => kind === 'pending') };
}

async function look(network: string, netdata: string, auth: string | null, signal: AbortSignal): Promise<LineTest> {
  try {
    return { kind: 'told', test: await testMachine(network, { netdata, auth, via: null }, signal) };
  } catch (error) {
    return { kind: 'error', error: error instanceof Error ? sentenceOf(error) : String(error) };
  }
}
