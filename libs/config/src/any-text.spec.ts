import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { KINDS } from '../test/kinds.ts';
import { problemsOf } from '../test/problems-of.ts';
import {
  defaultNetworkText,
  defaultNodeConfigText,
  formatProblems,
  parseNetworkFile,
  parseNodeConfig,
  raiseVersion,
} from './index.ts';

const PARSERS: Record<string, (text: string) => unknown> = {
  parseNodeConfig: text => parseNodeConfig(text, 'nodeconf.yml', '/home'),
  parseNetworkFile: text => parseNetworkFile(text, 'network.yml', KINDS),
  raiseVersion: text => raiseVersion(text, 2),
};

const KEYS =
  'network_id version previous issued_at expires threshold signers nodes machines monitors quorum rules name kind on ' +
  'netdata host via labels id metric above below for observers agree networks directory node_id config_type trust ' +
  'address auth timeout charts interval target port url parameters basic bearer username password password_file token ' +
  'token_file certificate_file key_file ca_file plugins path package settings memory_mib __proto__ constructor';

/** Pieces of YAML that mean something, put together without sense. */
const tokens = fc
  .array(
    fc.constantFrom(
      ...KEYS.split(' '),
      ': ',
      '\n',
      '  ',
      '- ',
      '? ',
      '&a ',
      '*a',
      '!!int ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '#',
      '---',
      '%YAML 1.1',
      '<<',
      '1',
      '.inf',
      '\t',
      '\r',
      '\uFEFF',
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''));

/** Valid YAML with the keys of the files and values of every type. */
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('db-1', '10s', 'http://a', 'netdata', 'port', 'http', 'cpu'),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS.split(' ')), tie('tree'), { maxKeys: 8 }),
  ),
}));

const NODE_CONFIG = `${defaultNodeConfigText()}auth:
  - { name: agents, basic: { username: bob, password: "x" }, ca_file: tls/ca.pem }
  - { name: parents, bearer: { token_file: token }, certificate_file: me.pem, key_file: me.key }
plugins:
  - { path: plugins/a.mjs, settings: { token: "x" }, memory_mib: 256 }
`;

const NETWORK = `network_id: acme
version: 1
machines:
  - { name: db-1, netdata: "http://a", address: 10.0.0.1, auth: agents, timeout: 2s, charts: [nginx.requests] }
monitors:
  - { name: ssh, kind: port, port: 22, on: [db-1] }
  - { name: shop, kind: http, url: "https://a", interval: 30s }
`;

/** A good file with some characters cut out and others put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(
      NODE_CONFIG,
      NETWORK,
      defaultNetworkText({ machineName: 'a', via: 'a', agent: null, issuedAt: new Date(0) }),
    ),
    fc.nat({ max: 2_500 }),
    fc.nat({ max: 20 }),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 10 }), tokens),
  )
  .map(([text, start, length, inserted]) => text.slice(0, start) + inserted + text.slice(start + length));

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  tokens,
  damaged,
  tree.map(value => stringify(value)),
);

it.each(Object.entries(PARSERS))(
  '%s answers any text whatever with a value or with problems, and with no other error',
  (_, parse) => {
    fc.assert(
      fc.property(texts, text => {
        let value: unknown;
        const problems = problemsOf(() => (value = parse(text)));
        expect(value !== undefined || problems.length > 0).toBe(true);
        // One line for each: nothing in a file breaks out of its line of the report, or out of a terminal's text.
        expect(formatProblems(problems.slice(0, 50)).split('\n')).toHaveLength(Math.min(50, problems.length) + 2);
        // oxlint-disable-next-line no-control-regex -- they are what must not be there
        expect(formatProblems(problems)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 1_000 },
    );
  },
  60_000,
);
