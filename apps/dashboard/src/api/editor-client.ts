import { answerOf, doneBy } from './answer-of.ts';
import { api } from './rest.ts';
import type { components } from './schema.d.ts';

export type NetworkFile = components['schemas']['NetworkFileView'];
export type FileTrouble = components['schemas']['FileTroubleView'];
export type EditedNetwork = components['schemas']['EditedNetwork'];
export type NewMachine = components['schemas']['NewMachine'];
export type ChangeMachine = components['schemas']['ChangeMachine'];
export type MachinePause = components['schemas']['PauseView'];
export type PauseMachine = components['schemas']['PauseMachine'];
export type TestMachine = components['schemas']['TestMachine'];
export type MachineTest = components['schemas']['MachineTest'];

/** The accepted text of a network, and who made it. */
export function readNetworkFile(network: string, signal: AbortSignal): Promise<NetworkFile> {
  return answerOf(api.GET('/api/v1/networks/{network}/file', { signal, params: { path: { network } } }));
}

/** Makes the text the next version, if the one with this hash is still the accepted one. */
export function replaceNetworkFile(network: string, hash: string, text: string): Promise<EditedNetwork> {
  const params = { path: { network }, header: { 'If-Match': `"${hash}"` } };
  return answerOf(api.PUT('/api/v1/networks/{network}/file', { params, body: { text } }));
}

/** Puts machines into the network file: all of them, or none. */
export function addMachines(network: string, machines: NewMachine[]): Promise<EditedNetwork> {
  return answerOf(
    api.POST('/api/v1/networks/{network}/machines', { params: { path: { network } }, body: { machines } }),
  );
}

/** Changes what is named; `null` takes it out of the file. */
export function changeMachine(network: string, machine: string, body: ChangeMachine): Promise<EditedNetwork> {
  return answerOf(
    api.PATCH('/api/v1/networks/{network}/machines/{machine}', { params: { path: { network, machine } }, body }),
  );
}

export function removeMachine(network: string, machine: string): Promise<EditedNetwork> {
  return answerOf(
    api.DELETE('/api/v1/networks/{network}/machines/{machine}', { params: { path: { network, machine } } }),
  );
}

/** Nobody looks at it until then; of one that is paused, the end and the note are changed. */
export function pauseMachine(network: string, machine: string, body: PauseMachine): Promise<MachinePause> {
  return answerOf(
    api.POST('/api/v1/networks/{network}/machines/{machine}/pause', { params: { path: { network, machine } }, body }),
  );
}

export function resumeMachine(network: string, machine: string): Promise<void> {
  return doneBy(
    api.DELETE('/api/v1/networks/{network}/machines/{machine}/pause', { params: { path: { network, machine } } }),
  );
}

/** Looks at an agent once; it takes up to ten seconds. */
export function testMachine(network: string, body: TestMachine, signal: AbortSignal): Promise<MachineTest> {
  return answerOf(
    api.POST('/api/v1/networks/{network}/machines/test', { signal, params: { path: { network } }, body }),
  );
}
