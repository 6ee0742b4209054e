import type { Problem as FileProblem } from '#config';
import type { EditOutcome } from '../../networks/network-editor.ts';
import { ProblemException, type ProblemPart } from '../problem/problem.ts';
import type { EditedNetwork } from './network-file.dto.ts';

/** What was edited, as far as a refusal has to name it. */
export interface EditSubject {
  readonly network: string;
  readonly machine?: string;
  /** How whoever sent the request names a place of the file; `at` is where in the list the first edited machine stands. */
  readonly placeOf?: (path: string, at: number) => string;
}

/** What an accepted edit is answered with. */
export function presentEdited(outcome: EditOutcome, subject: EditSubject): EditedNetwork {
  if (!isDone(outcome)) throw refusalOf(outcome, subject);
  const { network, version, hash, author, acceptedAt } = outcome.version;
  const changed = outcome.kind === 'accepted';
  return { network, version, hash, author, acceptedAt: acceptedAt.toISOString(), changed };
}

type Done = Extract<EditOutcome, { readonly kind: 'accepted' | 'unchanged' }>;
type Refused = Exclude<EditOutcome, Done>;

function isDone(outcome: EditOutcome): outcome is Done {
  return outcome.kind === 'accepted' || outcome.kind === 'unchanged';
}

function refusalOf(outcome: Refused, { network, machine = '', placeOf = path => path }: EditSubject): ProblemException {
  switch (outcome.kind) {
    case 'stale':
      return new ProblemException(
        412,
        'STALE',
        `The file was changed meanwhile: version ${outcome.version} is accepted. Read it again.`,
      );
    case 'invalid':
      return new ProblemException(
        422,
        'NETWORK_FILE_INVALID',
        INVALID,
        partsOf(outcome.problems, path => placeOf(path, outcome.at)),
      );
    case 'read-only':
      return new ProblemException(409, 'READ_ONLY', READ_ONLY, undefined, outcome.patch);
    case 'missing':
      return new ProblemException(
        404,
        'MACHINE_NOT_FOUND',
        `There is no machine "${machine}" in the file of the network "${network}".`,
      );
    case 'exists': {
      const message = 'is the name of a machine that is there already';
      const errors = outcome.names.map(name => ({ path: 'name', message: `"${name}" ${message}` }));
      return new ProblemException(
        409,
        'MACHINE_EXISTS',
        `There are machines of these names: ${outcome.names.join(', ')}.`,
        errors,
      );
    }
    case 'not-editable':
      return new ProblemException(409, 'NOT_EDITABLE', NOT_EDITABLE);
    case 'no-network':
      return new ProblemException(404, 'NETWORK_NOT_FOUND', `No version of the network "${network}" is accepted yet.`);
  }
}

const INVALID = 'The network file would have problems; "errors" names each. Nothing was changed.';
const READ_ONLY = 'This network is changed in its git repository. "patch" is the change to propose there.';
const NOT_EDITABLE =
  'The file says this in a way that can only be changed by hand (with anchors, say). Edit its text instead.';

function partsOf(problems: readonly FileProblem[], placeOf: (path: string) => string): ProblemPart[] {
  return problems.map(({ path, message, line }) => ({ path: placeOf(path), message, line }));
}
