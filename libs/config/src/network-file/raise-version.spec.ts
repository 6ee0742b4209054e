import { describe, expect, it } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { ConfigurationError } from '../problem.ts';
import { defaultNetworkText } from './default-network.ts';
import { parseNetworkFile } from './parse-network-file.ts';
import { raiseVersion } from './raise-version.ts';

describe('raiseVersion', () => {
  it.each([
    ['# mine\nversion: 12   # twelve\nnetwork_id: a\n', '# mine\nversion: 13   # twelve\nnetwork_id: a\n'],
    ['network_id: "version: 12"\r\nversion: 12\r\n', 'network_id: "version: 12"\r\nversion: 13\r\n'],
    ['{network_id: a,version: 12}', '{network_id: a,version: 13}'],
    ['\uFEFFversion: 12\nnetwork_id: ü\n', '\uFEFFversion: 13\nnetwork_id: ü\n'],
    ['rules:\n  - version: 1\n"version":\n  !!int 12\n', 'rules:\n  - version: 1\n"version":\n  !!int 13\n'],
    ['version: &v 12', 'version: &v 13'],
  ])('changes nothing but the number in %j', (text, raised) => {
    expect(raiseVersion(text, 13)).toBe(raised);
  });

  it('names the text that it follows where the file does', () => {
    const text = 'previous: "sha256:00" # of 12\nversion: 12\n';
    expect(raiseVersion(text, 13, 'sha256:11')).toBe('previous: sha256:11 # of 12\nversion: 13\n');
    expect(raiseVersion('version: 12\n', 13, 'sha256:11')).toBe('version: 13\n');
  });

  it.each([
    'network_id: a\n',
    'version:\n',
    'version: [12]\n',
    'version: "12"\n',
    '- version: 12\n',
    'version: *v\n',
    '',
  ])('refuses %j, which has no version to raise', text => {
    expect(() => raiseVersion(text, 13)).toThrow(ConfigurationError);
  });

  it.each<[string, string, number, string]>([
    ['where nothing above it can be read again', 'version: 2000000000\n', 2_000_000_001, '2000000000 is the highest'],
    ['where the file has no room for it', `version: 9\n${'#'.repeat(1024 * 1024 - 11)}`, 10, 'no room'],
    ['that something else would change with', 'version: &v 3\nquorum: { misses: *v }\n', 4, '"version" has an anchor'],
    ['when that would change what a hash says elsewhere', 'version: 3\nprevious: &p x\nrest: [*p]\n', 4, '"previous"'],
  ])('refuses a version %s', (_where, text, version, message) => {
    expect(() => raiseVersion(text, version, 'sha256:11')).toThrow(message);
  });

  it('raises the version of the default file', () => {
    const text = defaultNetworkText({ machineName: 'a', via: 'a', agent: null, issuedAt: new Date(0) });
    expect(parseNetworkFile(raiseVersion(text, 99), 'f', KINDS)).toEqual({
      ...parseNetworkFile(text, 'f', KINDS),
      version: 99,
    });
  });
});
