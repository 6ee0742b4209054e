import { expect, it } from 'vitest';
import { MACHINE_LIST } from '../machines/machine-list.tsx';
import { SERVICE_LIST } from '../services/service-list.tsx';
import { columnsOf } from './list-kind.ts';

it.each([
  ['machines', MACHINE_LIST.texts, columnsOf(MACHINE_LIST).map(({ key }) => key)],
  ['services', SERVICE_LIST.texts, columnsOf(SERVICE_LIST).map(({ key }) => key)],
])('every column of the %s has a title and says what it is', (_, { column, columnHint }, keys) => {
  expect(Object.keys(column)).toEqual(keys);
  expect(Object.keys(columnHint)).toEqual(keys);
  expect(keys).toContain('state');
});
