import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  ConfigurationError,
  defaultNetworkText,
  defaultNodeConfigText,
  parseNetworkFile,
  parseNodeConfig,
  raiseVersion,
} from './index.ts';

const PARSERS: Record<string, (text: string) => unknown> = {
  parseNodeConfig: text => parseNodeConfig(text, 'nodeconf.yml', '/home'),
  parseNetworkFile: text => parseNetworkFile(text, 'network.yml'),
  raiseVersion: text => raiseVersion(text, 2),
};

const KEYS =
  'network_id version previous issued_at expires threshold signers nodes machines monitors quorum rules name kind on ' +
  'netdata host via labels id metric above below for observers agree networks directory node_id config_type trust __proto__ constructor';

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
      fc.constantFrom('db-1', '10s', 'http://a', 'netdata', 'cpu'),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...KEYS.split(' ')), tie('tree'), { maxKeys: 8 }),
  ),
}));

/** A good file with some characters cut out and others put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(
      defaultNodeConfigText(),
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
  '%s answers any text with a value or a ConfigurationError that names a problem',
  (_, parse) => {
    fc.assert(
      fc.property(texts, text => {
        try {
          expect(parse(text)).toBeTruthy();
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
          expect((error as ConfigurationError).problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  },
  60_000,
);
