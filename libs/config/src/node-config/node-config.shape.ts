import { nonEmptyListProblem, listOfProblem } from '../validation/collection-problems.ts';
import { Optional, Required } from '../validation/check.ts';
import { nameProblem, oneOfProblem, textProblem } from '../validation/text-problems.ts';

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

/** nodeconf.yml as it is written. */
export class NodeConfigShape {
  static readonly nested = { networks: MembershipShape };

  @Required(nonEmptyListProblem)
  networks!: MembershipShape[];
}

function configTypeProblem(value: unknown): string | null {
  if (value === 'git') return 'git is not supported by this version: write local and keep network.yml in the directory';
  return oneOfProblem(['local'])(value);
}
