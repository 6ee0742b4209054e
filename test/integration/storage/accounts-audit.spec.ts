import { describe, expect, it } from 'vitest';
import type { AuditNote, AuditWish } from '#storage';
import { databases } from '../../support/services.ts';
import { note } from './account-fixtures.ts';
import { asAdministrator, later, T0, useStorage } from './fixtures.ts';

const FULL: AuditNote = {
  at: later(123),
  accountId: 7,
  actor: 'ada@example.org',
  via: 'session:0000',
  address: '192.0.2.7',
  action: 'account.change',
  subject: 'account:9',
  details: { name: ['Bob', 'Rob'], nested: { 'odd ?? key': `it's \\ "ü"`, none: null } },
};

describe.each(databases())('the audit log on $name', ({ url }) => {
  const opened = useStorage(url, 'Asia/Kathmandu');

  it('gives an entry back as it was written', async () => {
    const { audit } = opened.storage;
    await audit.write(FULL);
    expect(await audit.page({ before: null, limit: 1 })).toEqual([{ ...FULL, auditId: expect.any(Number) as number }]);
  });

  it.each([
    ['UPDATE', `update audit_entry set actor = 'nobody'`],
    ['UPDATE of nothing', `update audit_entry set actor = 'nobody' where false`],
    ['DELETE', 'delete from audit_entry'],
    ['TRUNCATE', 'truncate audit_entry'],
    ['TRUNCATE with others', 'truncate account cascade; truncate audit_entry, setting'],
    [
      'an upsert',
      `insert into audit_entry (audit_id, at, actor, action, details) overriding system value
      select audit_id, at, 'nobody', action, '{}' from audit_entry on conflict (audit_id) do update set actor = 'x'`,
    ],
    ['a merge', `merge into audit_entry a using (select 1) b on true when matched then delete`],
  ])('refuses %s, also to whoever owns it', async (_what, sql) => {
    const everything = 'select * from audit_entry order by audit_id';
    const before = await asAdministrator(opened.database.url, everything);
    expect(before.length).toBeGreaterThan(0);
    await expect(asAdministrator(opened.database.url, sql)).rejects.toMatchObject({
      code: '42501',
      message: 'the audit log is only ever added to',
    });
    expect(await asAdministrator(opened.database.url, everything)).toEqual(before);
  });

  it.each([
    ['NUL', 'a\0b'],
    ['half a surrogate pair', 'c\uD800d'],
    ['quotes, backslashes and placeholders', `a'b"c\\d\\u0000 ? ?? $1`],
    ['64 kB', 'x'.repeat(65_536)],
    [
      '64 kB of what does not compress',
      Array.from({ length: 16_384 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join(''),
    ],
  ])('%s in whatever comes from outside is written, and can be asked for', async (_what, odd) => {
    const { audit } = opened.storage;
    const given = { actor: odd, via: odd, address: odd, subject: odd, details: { [odd]: [odd] } };
    await audit.write(note('sign_in.fail', given));
    for (const wish of [{ actor: odd }, { subject: odd }, { actor: odd, subject: odd, action: 'sign_in.fail' }]) {
      const found = await audit.page({ before: null, limit: 9, ...wish });
      expect(found).toHaveLength(1);
      expect(found[0]!.actor.length).toBeLessThanOrEqual(500);
    }
    expect(await audit.page({ before: null, limit: 9, action: odd })).toEqual([]);
  });
});

describe.each(databases())('pages of the audit log on $name', ({ url }) => {
  const opened = useStorage(url);
  const ACTIONS = ['session.begin', 'account.change', 'sign_in.fail'];
  const ACTORS = ['ada@example.org', 'bob@example.org'];
  const notes = Array.from({ length: 60 }, (_, index) =>
    note(ACTIONS[index % 3]!, {
      at: later(index * 1_000),
      actor: ACTORS[index % 2]!,
      subject: index % 5 === 0 ? null : `account:${index % 5}`,
      details: { index },
    }),
  );
  const write = async (): Promise<void> => {
    if ((await opened.storage.audit.page({ before: null, limit: 1 })).length > 0) return;
    for (const one of notes) await opened.storage.audit.write(one);
  };

  it.each<[string, Omit<AuditWish, 'before' | 'limit'>, (one: AuditNote) => boolean]>([
    ['everything', {}, () => true],
    ['one action', { action: 'sign_in.fail' }, one => one.action === 'sign_in.fail'],
    ['one actor', { actor: 'bob@example.org' }, one => one.actor === 'bob@example.org'],
    ['one subject', { subject: 'account:3' }, one => one.subject === 'account:3'],
    [
      'some time, its end excluded',
      { from: later(10_000), to: later(20_000) },
      ({ at }) => at >= later(10_000) && at < later(20_000),
    ],
    ['since', { from: later(59_000) }, ({ at }) => at >= later(59_000)],
    ['until', { to: later(1) }, ({ at }) => at < later(1)],
    [
      'everything at once',
      { action: 'session.begin', actor: ACTORS[0]!, subject: 'account:2', from: later(5_000), to: later(50_000) },
      ({ at, action, actor, subject }) =>
        action === 'session.begin' &&
        actor === ACTORS[0] &&
        subject === 'account:2' &&
        at >= later(5_000) &&
        at < later(50_000),
    ],
    ['nothing', { actor: 'nobody' }, () => false],
    [
      'all time that can be said',
      { from: new Date('0000-01-01T00:00:00Z'), to: new Date('9999-12-31T23:59:59Z') },
      () => true,
    ],
  ])('%s, page by page, newest first, each once', async (_what, wish, isWished) => {
    await write();
    const wished = notes.filter(isWished).toReversed();
    const found: unknown[] = [];
    for (let before: number | null = null; ;) {
      const page = await opened.storage.audit.page({ before, limit: 7, ...wish });
      found.push(...page);
      if (page.length < 7) break;
      before = page.at(-1)!.auditId;
    }
    expect(found).toEqual(wished.map(one => ({ ...one, auditId: expect.any(Number) as number })));
  });

  it('what is added meanwhile is on no further page', async () => {
    await write();
    const { audit } = opened.storage;
    const [first] = await audit.page({ before: null, limit: 1 });
    await audit.write(note('session.end', { at: T0 }));
    const rest = await audit.page({ before: first!.auditId, limit: 100 });
    expect(rest.map(({ action }) => action)).not.toContain('session.end');
    expect(rest).toHaveLength(59);
  });
});
