import {
  integerProblem,
  nameProblem,
  oneOfProblem,
  type MonitorParameters,
  type MonitorScope,
  type ParameterConflict,
} from '#config';
import { oneOrMoreProblem, payloadProblem } from '../check/parameter-problems.ts';
import { patternProblem } from '../check/pattern/pattern-problem.ts';
import type { BuiltInKind } from '../monitor.ts';
import { HttpMonitor } from './http-monitor.ts';
import { ADDRESS, METHODS } from './http-parameters.ts';
import { bodyText, headerProblem, jsonProblem, sendHeadersProblem, urlProblem } from './http-problems.ts';
import { statusProblem } from './status-range.ts';

const MAX_REDIRECTS = 10;
const ABOUT_THE_BODY = ['text', 'not_text', 'regex', 'json'];

/** Whether a page or an API answers as it should. */
export const HTTP: BuiltInKind = {
  kind: 'http',
  gives: 'check',
  needs: 'address',
  parameters: {
    url: { required: true, problemOf: urlProblem },
    method: { problemOf: oneOfProblem(METHODS) },
    body: { problemOf: payloadProblem(10_000) },
    send_headers: { problemOf: sendHeadersProblem },
    auth: { problemOf: nameProblem },
    redirects: { problemOf: integerProblem({ min: 0, max: MAX_REDIRECTS }) },
    status: { problemOf: oneOrMoreProblem(statusProblem, 20) },
    header: { problemOf: headerProblem },
    text: { problemOf: bodyText },
    not_text: { problemOf: bodyText },
    regex: { problemOf: patternProblem },
    json: { problemOf: jsonProblem },
  },
  findParameterConflicts: (parameters, scope) => [...urlConflicts(parameters, scope), ...bodyConflicts(parameters)],
  create: deps => new HttpMonitor(deps),
};

/** A placeholder elsewhere than in the host would let the address of a machine choose the path of another. */
function urlConflicts({ url }: MonitorParameters, scope: MonitorScope): ParameterConflict[] {
  const hasAddress = String(url).includes(ADDRESS);
  const isHost = /^https?:\/\/\{address\}(?=[:/?]|$)[^{]*$/i.test(String(url));
  if (scope === 'service' && hasAddress)
    return [{ key: 'url', message: `must not hold ${ADDRESS}: it stands for the machines that on names` }];
  if (scope === 'machines' && !isHost)
    return [
      { key: 'url', message: `must have ${ADDRESS} as its host beside on: write it like http://${ADDRESS}:8080/` },
    ];
  return [];
}

function bodyConflicts(parameters: MonitorParameters): ParameterConflict[] {
  const { method, body } = parameters;
  const conflicts: ParameterConflict[] = [];
  if (body !== undefined && method !== 'POST') conflicts.push({ key: 'body', message: 'is sent by method: POST only' });
  for (const key of ABOUT_THE_BODY) {
    if (method === 'HEAD' && parameters[key] !== undefined)
      conflicts.push({ key, message: 'looks at the body, and the answer to method: HEAD has none' });
  }
  return conflicts;
}
