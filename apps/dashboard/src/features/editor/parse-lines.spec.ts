import { describe, expect, it } from 'vitest';
import { machinesOf, parseLines } from './parse-lines.ts';

const KNOWN = new Set(['web-1']);

describe('pasted lines', () => {
  it.each([
    ['db-1 10.0.0.11', { name: 'db-1', netdata: 'http://10.0.0.11:19999' }],
    ['db-1\thttp://10.0.0.11:8080/x', { name: 'db-1', netdata: 'http://10.0.0.11:8080/x' }],
    ['db-1,10.0.0.11,tier=db', { name: 'db-1', netdata: 'http://10.0.0.11:19999', labels: { tier: 'db' } }],
    [
      'db-1 10.0.0.11 tier=db place="Frankfurt am Main"  # the old one',
      { name: 'db-1', netdata: 'http://10.0.0.11:19999', labels: { tier: 'db', place: 'Frankfurt am Main' } },
    ],
    ['10.0.0.11', { name: '10.0.0.11', netdata: 'http://10.0.0.11:19999' }],
    ['10.0.0.11 tier=db', { name: '10.0.0.11', netdata: 'http://10.0.0.11:19999', labels: { tier: 'db' } }],
    ['https://db-1.example/netdata', { name: 'db-1.example', netdata: 'https://db-1.example/netdata' }],
    ['fd00::11', { name: 'fd00--11', netdata: 'http://[fd00::11]:19999' }],
    ['db-1 http://parent:19999/host/x=1', { name: 'db-1', netdata: 'http://parent:19999/host/x=1' }],
  ])('%j mean %j', (line, machine) => {
    expect(parseLines(line, KNOWN)).toEqual([{ line: 1, machine, problem: null }]);
  });

  it.each([
    ['tier=db', /no address/],
    ['db-1 10.0.0.300', /“10\.0\.0\.300” is no address/],
    ['a~b 10.0.0.11', /“a~b” cannot be a name/],
    ['db-1 10.0.0.11 db', /“db” is no label/],
    ['db-1 10.0.0.11 tier=db tier=web', /twice/],
    ['web-1 10.0.0.11', /web-1 is the name of a machine that is there/],
  ])('of %j it is told what is wrong', (line, problem) => {
    expect(parseLines(line, KNOWN)[0]?.problem).toMatch(problem);
  });

  it('keep the number of their line, with empty ones and comments between', () => {
    const lines = parseLines('# machines\n\ndb-1 10.0.0.11\r\n   \ndb-2 10.0.0.12\ndb-1 10.0.0.13\n', KNOWN);
    expect(lines.map(({ line, problem }) => [line, problem])).toEqual([
      [3, null],
      [5, null],
      [6, 'db-1 stands in line 3 already.'],
    ]);
  });

  it('are all added, or none', () => {
    expect(machinesOf(parseLines('db-1 10.0.0.11\ndb-2 10.0.0.12', KNOWN))).toHaveLength(2);
    expect(machinesOf(parseLines('db-1 10.0.0.11\nweb-1 10.0.0.12', KNOWN))).toBeNull();
    expect(machinesOf(parseLines('# nothing', KNOWN))).toBeNull();
  });
});
