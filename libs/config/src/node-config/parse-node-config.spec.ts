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
    });
  });

  it('reads the file that is written when there is none', () => {
    expect(parseNodeConfig(defaultNodeConfigText(), 'nodeconf.yml', '/home')).toEqual({
      networks: [{ directory: '/home/config/networks/local', nodeId: 'local', configType: 'local' }],
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
    ['[]', 'nodeconf.yml:1: must be a mapping of networks, not a list'],
    [
      network('    config_type: locl\n'),
      'nodeconf.yml:4 networks[0].config_type: "locl" is none of local; did you mean local?',
    ],
    [network('    directory: lab\n'), 'nodeconf.yml:4 networks[0].directory: stands here twice; keep one of them'],
    [network('    trust: [1]\n'), 'nodeconf.yml:4 networks[0].trust: must be text: write it in quotes, "1"'],
  ])('refuses %j', (text, line) => {
    expect(reportOf(text).split('\n')).toEqual([expect.any(String), `  ${line}`, expect.any(String)]);
  });
});
