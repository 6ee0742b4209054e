import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { DAY_MS, from, outcomeOf, useWorld } from './world.ts';

const MINUTE_MS = 60_000;
const never = { name: ' backup ', expiresAt: null };

describe.each(databases())('tokens on $name', ({ url }) => {
  const used = useWorld(url);

  it('a token is shown once and recognised by every process', async () => {
    const { world } = used;
    const admin = await world.admin();
    const scopes = ['metrics:read', 'history:read', 'metrics:read'];
    const { token, secret } = await world.here.tokens.create({ ...never, scopes }, admin, from());
    expect(secret).toMatch(/^dm_[\w-]{43}$/);
    expect(token).toMatchObject({ name: 'backup', hint: secret.slice(0, 9), scopes: ['metrics:read', 'history:read'] });
    expect(await world.there.authenticator.byToken(secret)).toMatchObject({
      via: 'token',
      id: token.tokenId,
      accountId: admin.accountId,
      permissions: ['metrics:read', 'history:read'],
      expiresAt: null,
    });
    expect(await world.here.authenticator.bySession(secret)).toBeNull();
    const [listed] = await world.here.tokens.list(admin);
    expect(listed).toMatchObject({ tokenId: token.tokenId, lastUsedAt: world.clock.now() });
    expect(JSON.stringify(listed)).not.toContain(secret.slice(9));
    const [entry] = await world.audit({ action: 'token.create' });
    expect(entry).toMatchObject({ subject: `token:${token.tokenId}`, via: `session:${admin.id}` });
    expect(JSON.stringify(entry)).not.toContain(secret.slice(9));
  });

  it('its scopes are not wider than its owner', async () => {
    const { world } = used;
    await world.person('user@example.org');
    const { principal } = await world.session('user@example.org');
    for (const scope of ['history:read', 'users:write', 'alerts:write', '', '__proto__'])
      expect(
        await outcomeOf(world.here.tokens.create({ ...never, scopes: ['metrics:read', scope] }, principal, from())),
      ).toBe('SCOPE_NOT_ALLOWED');
    expect(await world.here.tokens.list(principal)).toEqual([]);
  });

  it('each loses what its owner loses', async () => {
    const { world } = used;
    const admin = await world.admin();
    const { accountId } = await world.person('lowered@example.org', { role: 'admin' });
    const { principal } = await world.session('lowered@example.org');
    const scopes = ['metrics:read', 'history:read', 'users:read'];
    const { secret } = await world.here.tokens.create({ ...never, scopes }, principal, from());
    const may = async (): Promise<readonly string[] | undefined> =>
      (await world.there.authenticator.byToken(secret))?.permissions;
    expect(await may()).toEqual(scopes);
    await world.here.users.change(accountId, { networks: ['acme'] }, admin, from());
    expect(await may()).toEqual(['metrics:read', 'history:read']);
    await world.here.users.change(accountId, { role: 'user' }, admin, from());
    expect(await may()).toEqual(['metrics:read']);
    await world.here.users.change(accountId, { disabled: true }, admin, from());
    expect(await may()).toBeUndefined();
  });

  it('each ends when it expires, or is revoked', async () => {
    const { world } = used;
    const admin = await world.admin();
    const create = (expiresAt: Date | null) =>
      world.here.tokens.create({ name: 't', scopes: ['metrics:read'], expiresAt }, admin, from());
    const short = await create(new Date(world.clock.now().getTime() + DAY_MS));
    const long = await create(null);
    const works = async (secret: string): Promise<boolean> =>
      (await world.there.authenticator.byToken(secret)) !== null;
    world.clock.pass(DAY_MS - 1);
    expect([await works(short.secret), await works(long.secret)]).toEqual([true, true]);
    world.clock.pass(1);
    expect([await works(short.secret), await works(long.secret)]).toEqual([false, true]);
    await world.here.tokens.revoke(long.token.tokenId, admin, from());
    expect(await works(long.secret)).toBe(false);
    expect(await world.audit({ action: 'token.revoke' })).toMatchObject([{ subject: `token:${long.token.tokenId}` }]);
    const revoked = (await world.here.tokens.list(admin)).find(({ tokenId }) => tokenId === long.token.tokenId);
    expect(revoked?.revokedAt).toEqual(world.clock.now());
  });

  it('only its owner revokes it, once', async () => {
    const { world } = used;
    const admin = await world.admin();
    await world.person('other@example.org', { role: 'admin' });
    const { principal: other } = await world.session('other@example.org');
    const { token } = await world.here.tokens.create({ ...never, scopes: [] }, admin, from());
    const revoke = (tokenId: string, by = admin): Promise<string> =>
      outcomeOf(world.here.tokens.revoke(tokenId, by, from()));
    expect(await revoke(token.tokenId, other)).toBe('TOKEN_NOT_FOUND');
    expect(await revoke('no id')).toBe('TOKEN_NOT_FOUND');
    expect(await revoke('\0')).toBe('TOKEN_NOT_FOUND');
    expect(await revoke(token.tokenId)).toBe('done');
    expect(await revoke(token.tokenId)).toBe('TOKEN_NOT_FOUND');
  });

  it('when it was last used is written once a minute', async () => {
    const { world } = used;
    const admin = await world.admin();
    const { token, secret } = await world.here.tokens.create({ ...never, scopes: [] }, admin, from());
    const lastUsedAt = async (): Promise<Date | null | undefined> => {
      await world.here.authenticator.byToken(secret);
      return (await world.here.tokens.list(admin)).find(({ tokenId }) => tokenId === token.tokenId)?.lastUsedAt;
    };
    const first = world.clock.now();
    expect(await lastUsedAt()).toEqual(first);
    world.clock.pass(MINUTE_MS - 1);
    expect(await lastUsedAt()).toEqual(first);
    world.clock.pass(1);
    expect(await lastUsedAt()).toEqual(world.clock.now());
  });
});
