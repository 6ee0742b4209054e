import { expect, test } from 'vitest';
import type { NetworkFile } from '#config';
import type { AgentFacts, Storage, StoredMachine } from '#storage';
import { WatchedMachines } from './watched-machines.ts';

const FILE = { networkId: 'acme' } as NetworkFile;
const FACTS = { version: 'v2.11.0' } as AgentFacts;

function machine(machineId: number): StoredMachine {
  return { machineId, name: `m${machineId}`, agent: null } as StoredMachine;
}

/** A storage that says what it was asked, and fails as often as it is told. */
function storage(failures = 0) {
  const asked: string[] = [];
  let left = failures;
  const machines = {
    listWatched: (network: string) => {
      asked.push(`list ${network}`);
      return left-- > 0 ? Promise.reject(new Error('gone')) : Promise.resolve([machine(1), machine(2)]);
    },
    byIds: (ids: readonly number[]) => {
      asked.push(`byIds ${ids.join()}`);
      return Promise.resolve(ids.filter(id => id < 10).map(machine));
    },
    rememberAgent: (id: number) => Promise.resolve(void asked.push(`remember ${id}`)),
  };
  return { asked, watched: new WatchedMachines({ machines } as unknown as Pick<Storage, 'machines'>) };
}

test('many who ask about one version of a file cost one look', async () => {
  const { asked, watched } = storage();
  const [one, other] = await Promise.all([watched.of(FILE), watched.of(FILE)]);
  expect([one.size, other.size, asked]).toEqual([2, 2, ['list acme']]);
});

test('the next version of the file is looked at anew', async () => {
  const { asked, watched } = storage();
  await watched.of(FILE);
  await watched.of({ ...FILE });
  expect(asked).toEqual(['list acme', 'list acme']);
});

test('a look that failed is not remembered', async () => {
  const { watched } = storage(1);
  await expect(watched.of(FILE)).rejects.toThrow('gone');
  expect((await watched.of(FILE)).size).toBe(2);
});

test('an id of a newer version is looked up, one that nobody knows is left out', async () => {
  const { asked, watched } = storage();
  const found = await watched.byIds(FILE, [2, 3, 99]);
  expect(found.map(({ machineId }) => machineId)).toEqual([2, 3]);
  expect(asked).toEqual(['list acme', 'byIds 3,99']);
});

test('what is learned about an agent is stored, and known from then on', async () => {
  const { asked, watched } = storage();
  await watched.of(FILE);
  await watched.rememberAgent(FILE, 1, FACTS, new Date(0));
  expect((await watched.byIds(FILE, [1]))[0]?.agent).toBe(FACTS);
  expect(asked).toEqual(['list acme', 'remember 1']);
});
