import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateStorage } from '#storage';
import { createEmptyDatabase, databases, type DisposableDatabase } from '../../support/services.ts';

describe.each(databases())('migrations on $name', ({ url }) => {
  let database: DisposableDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase(url);
  });
  afterAll(() => database.drop());

  it('three processes that start at once all succeed, and each migration is applied once', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => migrateStorage(database.url)));
    expect(runs.flatMap(run => run.applied)).toEqual(['m0001-initial']);
  });

  it('a further start applies nothing', async () => {
    expect(await migrateStorage(database.url)).toEqual({ applied: [] });
  });
});
