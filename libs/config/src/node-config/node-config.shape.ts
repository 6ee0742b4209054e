import { listOfProblem, listProblem, mappingProblem, nonEmptyListProblem } from '../validation/collection-problems.ts';
import { Optional, type ProblemOf, Required } from '../validation/check.ts';
import { KEY_WITHOUT_VALUE } from '../validation/check-shape.ts';
import { integerProblem } from '../validation/number-problems.ts';
import { showValue } from '../validation/show.ts';
import { nameProblem, oneOfProblem, textProblem } from '../validation/text-problems.ts';
import { isBearerToken } from './is-bearer-token.ts';

const text = textProblem(500);

/** One network as nodeconf.yml writes it. */
export class MembershipShape {
  /** `git` belongs to a later version: it is known here so that it can be answered with a reason. */
  static readonly reserved = ['git_repo', 'git_ref'];

  @Required(nameProblem)
  directory!: string;

  @Required(nameProblem)
  node_id!: string;

  @Optional(configTypeProblem)
  config_type?: 'local';

  @Optional(listOfProblem(text))
  trust?: string[];
}

/** Name and password of HTTP's basic scheme. */
export class BasicAuthShape {
  static readonly secret = true;

  @Required(usernameProblem) username!: string;
  @Optional(secretProblem) password?: string;
  @Optional(fileProblem) password_file?: string;
}

/** A token of HTTP's bearer scheme. */
export class BearerAuthShape {
  static readonly secret = true;

  @Optional(tokenProblem) token?: string;
  @Optional(fileProblem) token_file?: string;
}

/** What `auth: <name>` of a machine or a monitor stands for. Paths are relative to the directory of nodeconf.yml. */
export class AuthShape {
  static readonly nested = { basic: BasicAuthShape, bearer: BearerAuthShape };
  static readonly secret = true;

  @Required(nameProblem) name!: string;
  @Optional(concealed(mappingProblem, 'must be a mapping of username and password or password_file'))
  basic?: BasicAuthShape;
  @Optional(concealed(mappingProblem, 'must be a mapping of token or token_file'))
  bearer?: BearerAuthShape;
  /** PEM files: our certificate with its chain, its key, and the authorities that may have signed the other side's. */
  @Optional(fileProblem) certificate_file?: string;
  @Optional(fileProblem) key_file?: string;
  @Optional(fileProblem) ca_file?: string;
}

/** A file or an installed package that brings a kind of monitor. */
export class PluginShape {
  static readonly secret = true;

  /** Relative to the directory of nodeconf.yml. */
  @Optional(text) path?: string;
  /** As `import` names it, from a node_modules beside or above nodeconf.yml. */
  @Optional(text) package?: string;
  /** Handed to the plugin and to nobody else: the place for its secrets. */
  @Optional(settingsProblem) settings?: Record<string, string>;
  /** How much memory its process may take; Node with `fetch` in use needs up to 80 MiB. */
  @Optional(integerProblem({ min: 96, max: 4096 })) memory_mib?: number;
}

/** nodeconf.yml as it is written. */
export class NodeConfigShape {
  static readonly nested = { networks: MembershipShape, auth: AuthShape, plugins: PluginShape };

  @Required(nonEmptyListProblem)
  networks!: MembershipShape[];

  @Optional(concealed(listProblem, 'must be a list of mappings, each with a name'))
  auth?: AuthShape[];

  @Optional(listProblem)
  plugins?: PluginShape[];
}

/** Of RFC 7617: the colon ends the name. Nothing of it is shown, for people mistake the two fields. */
function usernameProblem(value: unknown): string | null {
  const problem = secretProblem(value);
  return problem === null && (value as string).includes(':') ? 'must not hold a colon' : problem;
}

/** Like any text, but never shown. */
function secretProblem(value: unknown): string | null {
  return typeof value === 'string' ? textProblem(8_000)(value) : 'must be text: write it in quotes';
}

function tokenProblem(value: unknown): string | null {
  const problem = secretProblem(value);
  if (problem !== null) return problem;
  return isBearerToken(value as string) ? null : 'is no bearer token: it holds a space, or other than plain characters';
}

/** A path, and not what should be in the file; that is no path to be told about, and may be a secret. */
function fileProblem(value: unknown): string | null {
  if (typeof value === 'string' && value.includes('-----BEGIN'))
    return 'names a file: put this text into a file, and write its path here';
  return typeof value === 'string' ? text(value) : 'must be text: write it in quotes';
}

function settingsProblem(value: unknown): string | null {
  if (mappingProblem(value) !== null) return 'must be a mapping of texts';
  const wrong = Object.entries(value as Record<string, unknown>).find(([, setting]) => typeof setting !== 'string');
  if (wrong === undefined) return null;
  return wrong[1] === null ? KEY_WITHOUT_VALUE : `${showValue(wrong[0])} must be text: write it in quotes`;
}

/** The same problem in other words, which do not show a value that may be a secret in the wrong place. */
function concealed(problemOf: ProblemOf, message: string): ProblemOf {
  return value => (problemOf(value) === null ? null : message);
}

function configTypeProblem(value: unknown): string | null {
  if (value === 'git') return 'git is not supported by this version: write local and keep network.yml in the directory';
  return oneOfProblem(['local'])(value);
}
