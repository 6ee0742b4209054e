import { MACHINE_NEEDS, mappingProblem, nameProblem, oneOfProblem, textProblem, type MachineNeed } from '#config';
import { FUNCTION } from '../host/channel.ts';
import type { PluginDeclaration, PluginParameter } from '../plugin-description.ts';
import { isMapping, problemsOfKeys, type DeclarationProblem } from './declared.ts';
import { parseParameter } from './parse-parameter.ts';

const MAX_PARAMETERS = 50;

const RULES = {
  kind: nameProblem,
  description: textProblem(500),
  needs: oneOfProblem(MACHINE_NEEDS.filter(need => need !== 'host')),
  parameters: mappingProblem,
  check: (value: unknown) => (value === FUNCTION ? null : 'must be a function'),
};

/**
 * Reads what a plugin exports, as its process reported it: functions are {@link FUNCTION}. Nothing of it is believed
 * before it was looked at.
 */
export function parseDeclaration(declared: unknown): PluginDeclaration | DeclarationProblem[] {
  if (!isMapping(declared))
    return [
      { path: '', message: 'has no default export that is a plugin: export default { kind, parameters, check }' },
    ];
  const problems = problemsOfKeys(declared, RULES, '');
  for (const key of ['kind', 'check'])
    if (declared[key] === undefined || declared[key] === null) problems.push({ path: key, message: 'is missing' });
  const parameters: PluginParameter[] = [];
  for (const [key, parameter] of parametersOf(declared['parameters'])) {
    const parsed = parseParameter(key, parameter);
    if (Array.isArray(parsed)) problems.push(...parsed);
    else parameters.push(parsed);
  }
  if (parameters.length > MAX_PARAMETERS)
    problems.push({ path: 'parameters', message: `has more than ${MAX_PARAMETERS} parameters` });
  if (problems.length > 0) return problems;
  return { kind: declared['kind'] as string, needs: (declared['needs'] ?? null) as MachineNeed | null, parameters };
}

function parametersOf(declared: unknown): [string, unknown][] {
  return isMapping(declared) ? Object.entries(declared) : [];
}
