import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../test/problems-of.ts';
import { formatProblems } from '../problem.ts';
import { defaultNodeConfigText } from './default-node-config.ts';
import { parseNodeConfig } from './parse-node-config.ts';

const reportOf = (text: string) => formatProblems(problemsOf(() => parseNodeConfig(text, 'nodeconf.yml', '/home')));

const network = (more: string) => `networks:\n  - directory: acme\n    node_id: fra-1\n${more}`;

describe('parseNodeConfig', () => {
  it('reads the networks, with their directories below the home', () => {
    const text = network('    config_type: local\n    trust: ["SHA256:abc"]\n  - { directory: lab, node_id: fra-1 }\n');
    expect(parseNodeConfig(text, 'nodeconf.yml', '/home')).toEqual({
      networks: [
        { directory: '/home/config/networks/acme', nodeId: 'fra-1', configType: 'local' },
        { directory: '/home/config/networks/lab', nodeId: 'fra-1', configType: 'local' },
      ],
      auth: [],
      plugins: [],
    });
  });

  it('reads where secrets are: in the file, or in others, whose paths begin at its directory', () => {
    const text = network(`auth:
  - { name: agents, basic: { username: bob, password: "hunter2: #1" }, ca_file: tls/ca.pem }
  - { name: parents, bearer: { token_file: /run/token }, certificate_file: me.pem, key_file: ../me.key }
  - { name: shop, basic: { username: "Müller, Jörg", password_file: shop.txt } }
  - { name: token, bearer: { token: "id|aB:3/+=" } }
`);
    const nothing = { basic: null, bearer: null, certificateFile: null, keyFile: null, caFile: null };
    expect(parseNodeConfig(text, 'nodeconf.yml', '/home').auth).toEqual([
      {
        ...nothing,
        name: 'agents',
        basic: { username: 'bob', password: { text: 'hunter2: #1' } },
        caFile: '/home/config/tls/ca.pem',
      },
      {
        ...nothing,
        name: 'parents',
        bearer: { file: '/run/token' },
        certificateFile: '/home/config/me.pem',
        keyFile: '/home/me.key',
      },
      { ...nothing, name: 'shop', basic: { username: 'Müller, Jörg', password: { file: '/home/config/shop.txt' } } },
      { ...nothing, name: 'token', bearer: { text: 'id|aB:3/+=' } },
    ]);
  });

  it('reads plugins: files and packages, with their settings', () => {
    const text = network(`plugins:
  - { path: plugins/xrpl.mjs, settings: { token: "hunter2", __proto__: "x" }, memory_mib: 256 }
  - package: "@acme/checks"
`);
    const directory = '/home/config';
    expect(parseNodeConfig(text, 'nodeconf.yml', '/home').plugins).toEqual([
      {
        module: { path: '/home/config/plugins/xrpl.mjs' },
        directory,
        settings: Object.fromEntries([
          ['token', 'hunter2'],
          ['__proto__', 'x'],
        ]),
        memoryMiB: 256,
      },
      { module: { package: '@acme/checks' }, directory, settings: {}, memoryMiB: 128 },
    ]);
  });

  it('reads the file that is written when there is none', () => {
    expect(parseNodeConfig(defaultNodeConfigText(), 'nodeconf.yml', '/home')).toEqual({
      networks: [{ directory: '/home/config/networks/local', nodeId: 'local', configType: 'local' }],
      auth: [],
      plugins: [],
    });
  });

  it('reports everything that is wrong with a file at once', () => {
    const text = `# mine
network: acme
networks:
  - directory: ../../etc
    node_id: 12
    config_type: git
    git_repo: https://github.com/acme/monitoring.git
  - directry: acme
    node_id: fra-1
  - { directory: acme, node_id: a }
  - { directory: acme, node_id: b, trust: SHA256 }
  - acme
`;
    expect(reportOf(text)).toBe(`10 problems in the configuration:
  nodeconf.yml:2 network: is not known here; did you mean networks?
  nodeconf.yml:4 networks[0].directory: "../../etc" is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit
  nodeconf.yml:5 networks[0].node_id: must be text: write it in quotes, "12"
  nodeconf.yml:6 networks[0].config_type: git is not supported by this version: write local and keep network.yml in the directory
  nodeconf.yml:7 networks[0].git_repo: is not supported by this version; leave it out
  nodeconf.yml:8 networks[1].directry: is not known here; did you mean directory?
  nodeconf.yml:8 networks[1].directory: is missing
  nodeconf.yml:11 networks[3].trust: must be a list, not "SHA256"
  nodeconf.yml:11 networks[3].directory: "acme" is taken by networks[2]; choose another directory
  nodeconf.yml:12 networks[4]: must be a mapping of directory, node_id, config_type, trust, not "acme"
Nothing was changed. Correct what is listed and try again.`);
  });

  it.each([
    ['networks: []', 'nodeconf.yml:1 networks: must have at least one entry'],
    ['networks:', 'nodeconf.yml:1 networks: is missing'],
    ['[]', 'nodeconf.yml:1: must be a mapping of networks, auth, plugins, not a list'],
    [
      network('    config_type: locl\n'),
      'nodeconf.yml:4 networks[0].config_type: "locl" is none of local; did you mean local?',
    ],
    [network('    directory: lab\n'), 'nodeconf.yml:4 networks[0].directory: stands here twice; keep one of them'],
    [network('    trust: [1]\n'), 'nodeconf.yml:4 networks[0].trust: must be text: write it in quotes, "1"'],
  ])('refuses %j', (text, line) => {
    expect(reportOf(text).split('\n')).toEqual([expect.any(String), `  ${line}`, expect.any(String)]);
  });

  const HOLDS_NOTHING = 'auth[0]: holds nothing: give it basic, bearer, certificate_file or ca_file';
  it.each<[string, string[]]>([
    ['name: a', [HOLDS_NOTHING]],
    ['name: a, basic:, bearer:', [HOLDS_NOTHING]],
    ['name: "a b", ca_file: x', ['auth[0].name: "a b" is no name: use 1 to 63 letters']],
    ['ca_file: x', ['auth[0].name: is missing']],
    [
      'name: a, basic: { username: u, password: p }, bearer: { token: t }',
      ['auth[0]: has basic and bearer: a request carries one of them; keep one'],
    ],
    [
      'name: a, certificate_file: x',
      ['auth[0]: has one of certificate_file and key_file: a client certificate needs both'],
    ],
    ['name: a, key_file: x', ['auth[0]: has one of certificate_file and key_file: a client certificate needs both']],
    ['name: a, basic: { username: u }', ['auth[0].basic: needs password or password_file']],
    [
      'name: a, basic: { username: u, password: p, password_file: f }',
      ['auth[0].basic: has password and password_file; keep one of them'],
    ],
    ['name: a, basic: { password: p }', ['auth[0].basic.username: is missing']],
    ['name: a, basic: { username: "u:v", password: p }', ['auth[0].basic.username: must not hold a colon']],
    ['name: a, basic: { username: "", password: p }', ['auth[0].basic.username: is empty']],
    ['name: a, basic: { username: u, password: 12 }', ['auth[0].basic.password: must be text: write it in quotes']],
    ['name: a, basic: { username: u, password: " " }', ['auth[0].basic.password: is empty']],
    [
      'name: a, basic: { username: u, pasword: p }',
      ['auth[0].basic.pasword: is not known here; did you mean password?'],
    ],
    ['name: a, bearer: {}', ['auth[0].bearer: needs token or token_file']],
    ['name: a, bearer: { token: t, token_file: f }', ['auth[0].bearer: has token and token_file; keep one of them']],
    [
      'name: a, bearer: { token: "t u" }',
      ['auth[0].bearer.token: is no bearer token: it holds a space, or other than plain characters'],
    ],
    ['name: a, bearer: { token: [t] }', ['auth[0].bearer.token: must be text: write it in quotes']],
    ['name: a, bearer: { token_file: 1 }', ['auth[0].bearer.token_file: must be text: write it in quotes']],
    [
      'name: a, ca_file: "-----BEGIN CERTIFICATE----- MIIB"',
      ['auth[0].ca_file: names a file: put this text into a file, and write its path here'],
    ],
    [
      'name: a, ca_file: x, tokn: t',
      ['auth[0].tokn: is not known here; known are name, basic, bearer, certificate_file'],
    ],
  ])('refuses auth: [{ %s }]', (written, problems) => {
    const found = problemLines(network(`auth: [{ ${written} }]\n`));
    expect(found).toEqual(problems.map(problem => expect.stringContaining(problem) as string));
  });

  it.each<[string, string[]]>([
    ['memory_mib: 128', ['plugins[0]: needs path or package']],
    ['path: a.mjs, package: a', ['plugins[0]: has path and package; keep one of them']],
    ['path: 1', ['plugins[0].path: must be text: write it in quotes, "1"']],
    ['path: a.mjs, memory_mib: 9999', ['plugins[0].memory_mib: 9999 is no whole number from']],
    ['path: a.mjs, setings: {}', ['plugins[0].setings: is not known here; did you mean settings?']],
    ['path: a.mjs, settings: [hunter2]', ['plugins[0].settings: must be a mapping of texts']],
    ['path: a.mjs, settings: { port: 80 }', ['plugins[0].settings: "port" must be text: write it in quotes']],
    ['path: a.mjs }, { path: a.mjs', ['plugins[1].path: "a.mjs" is taken by plugins[0]; choose another path']],
    ['package: a }, { package: a', ['plugins[1].package: "a" is taken by plugins[0]; choose another package']],
  ])('refuses plugins: [{ %s }]', (written, problems) => {
    const found = problemLines(network(`plugins: [{ ${written} }]\n`));
    expect(found).toEqual(problems.map(problem => expect.stringContaining(problem) as string));
  });

  it('refuses two secrets of one name', () => {
    expect(problemLines(network('auth: [{ name: a, ca_file: x }, { name: a, ca_file: y }]\n'))).toEqual([
      'auth[1].name: "a" is taken by auth[0]; choose another name',
    ]);
  });

  const SECRET = 'hunter2hunter2';
  it.each([
    `auth: ${SECRET}`,
    `auth: [${SECRET}]`,
    `auth: [[${SECRET}]]`,
    `auth: { a: ${SECRET} }`,
    `auth: [{ name: a, basic: ${SECRET} }]`,
    `auth: [{ name: a, basic: [${SECRET}] }]`,
    `auth: [{ name: a, bearer: ${SECRET} }]`,
    `auth: [{ name: a, bearer: { token: "${SECRET} x" } }]`,
    `auth: [{ name: a, bearer: { token: { x: ${SECRET} } } }]`,
    `auth: [{ name: a, bearer: { tokn: ${SECRET} } }]`,
    `auth: [{ name: a, bearer: { token: ${SECRET}, token_file: ${SECRET} } }]`,
    `auth: [{ name: a, basic: { username: "${SECRET}:${SECRET}", password: "${SECRET}\\n" } }]`,
    `auth: [{ name: a, basic: { username: u, password: *${SECRET} } }]`,
    `auth: [{ name: a, basic: { username: u, password: !${SECRET} } }]`,
    `auth: [{ name: a, basic: { username: u, password: "${SECRET}\\q" } }]`,
    `auth: [{ name: a, basic: { username: u, password: ${'9'.repeat(3)}, password_file: ${SECRET} } }]`,
    `auth: [{ name: a, key_file: "-----BEGIN PRIVATE KEY----- ${SECRET}" }]`,
    `auth:\n  - name: a\n    key_file: |\n      -----BEGIN PRIVATE KEY-----\n      ${SECRET}`,
    `auth: [{ name: a, basic: { username: u, password:${SECRET} } }]`,
    `auth: [{ name: a, basic: { u:${SECRET} } }]`,
    `auth: [{ name: a, bearer: { ${SECRET} } }]`,
    `auth: [{ name: a, ${SECRET} }]`,
    `plugins: [{ path: a.mjs, token:${SECRET} }]`,
    `plugins: [{ path: a.mjs, settings: { token:${SECRET} } }]`,
    `plugins: [${SECRET}]`,
    `plugins: [{ path: a.mjs, settings: ${SECRET} }]`,
    `plugins: [{ path: a.mjs, settings: { token: [${SECRET}] } }]`,
    `plugins: [{ path: a.mjs, settings: { token: { x: ${SECRET} } } }]`,
  ])('shows no secret when it refuses %j', text => {
    const report = reportOf(network(`${text}\n`));
    expect(report).toMatch(/ {2}nodeconf\.yml:[4-8][ :]/);
    expect(report).not.toContain('hunter2');
  });
});

/** The problems of a text, without file and line. */
function problemLines(text: string): string[] {
  const problems = problemsOf(() => parseNodeConfig(text, 'nodeconf.yml', '/home'));
  return problems.map(({ path, message }) => `${path}: ${message}`);
}
