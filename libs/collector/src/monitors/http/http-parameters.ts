import type { MonitorParameters } from '#config';
import { listOf } from '../check/parameter-problems.ts';
import { compilePattern } from '../check/pattern/compile-pattern.ts';
import type { Pattern } from '../check/pattern/pattern.types.ts';
import { parseJsonPath, type JsonPath } from './json-path.ts';
import { parseStatus, type StatusRange } from './status-range.ts';

export const METHODS = ['GET', 'HEAD', 'POST'] as const;
export type Method = (typeof METHODS)[number];

/** What stands for the machine's address in a URL. */
export const ADDRESS = '{address}';

/** What an `http` monitor is told, defaults filled in. */
export interface HttpParameters {
  /** With {@link ADDRESS} as its host when machines are looked at. */
  readonly url: string;
  readonly method: Method;
  /** What a POST sends. */
  readonly body: string | null;
  readonly sendHeaders: Readonly<Record<string, string>>;
  readonly auth: string | null;
  /** How many redirects are followed. */
  readonly redirects: number;
  readonly expected: Expectations;
}

/** What the answer must be like. */
export interface Expectations {
  readonly status: readonly StatusRange[];
  readonly headers: readonly HeaderExpectation[];
  /** Must be in the body. */
  readonly text: string | null;
  /** Must not be in the body. */
  readonly notText: string | null;
  readonly regex: Pattern | null;
  readonly json: readonly JsonExpectation[];
}

export interface HeaderExpectation {
  /** In lower case. */
  readonly name: string;
  /** What its value must contain, or what must be found in it. */
  readonly value: string | Pattern;
}

/** What one value of a JSON body must be like; of what is `undefined` nothing is asked. */
export interface JsonExpectation {
  readonly path: JsonPath;
  readonly equals: string | number | boolean | null | undefined;
  readonly regex: Pattern | undefined;
  readonly above: number | undefined;
  readonly below: number | undefined;
}

/** The parameters as they are written. */
interface Written {
  readonly url?: string;
  readonly method?: Method;
  readonly body?: string;
  readonly send_headers?: Readonly<Record<string, string>>;
  readonly auth?: string;
  readonly redirects?: number;
  readonly status?: number | string | readonly (number | string)[];
  readonly header?: Readonly<Record<string, string | { readonly regex: string }>>;
  readonly text?: string;
  readonly not_text?: string;
  readonly regex?: string;
  readonly json?: WrittenJson | readonly WrittenJson[];
}

interface WrittenJson {
  readonly path: string;
  readonly equals?: string | number | boolean | null;
  readonly regex?: string;
  readonly above?: number;
  readonly below?: number;
}

/** Reads parameters that have been checked. */
export function httpParametersOf(parameters: MonitorParameters): HttpParameters {
  const written = parameters as Written;
  return {
    url: written.url ?? '',
    method: written.method ?? 'GET',
    body: written.body ?? null,
    sendHeaders: written.send_headers ?? {},
    auth: written.auth ?? null,
    redirects: written.redirects ?? 0,
    expected: expectationsOf(written),
  };
}

function expectationsOf({ status, header, text, not_text, regex, json }: Written): Expectations {
  return {
    status: (status === undefined ? ['200-299'] : listOf(status)).map(parseStatus),
    headers: Object.entries(header ?? {}).map(([name, value]) => ({
      name: name.toLowerCase(),
      value: typeof value === 'string' ? value : compilePattern(value.regex),
    })),
    text: text ?? null,
    notText: not_text ?? null,
    regex: regex === undefined ? null : compilePattern(regex),
    json: listOf(json).map(jsonExpectationOf),
  };
}

function jsonExpectationOf({ path, equals, regex, above, below }: WrittenJson): JsonExpectation {
  return {
    path: parseJsonPath(path) ?? [],
    equals,
    regex: regex === undefined ? undefined : compilePattern(regex),
    above,
    below,
  };
}
