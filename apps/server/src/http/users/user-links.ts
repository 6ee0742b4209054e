import type { Request } from 'express';
import type { Links, Principal } from '#auth';
import { originOf } from '../access/origin.ts';
import { serverUrlOf } from '../auth/server-url.ts';
import type { UserLink } from './user.dto.ts';

/** Makes the links that admins hand on. */
export class UserLinks {
  private readonly links: Pick<Links, 'create'>;
  private readonly publicUrl: string | null;

  constructor(links: Pick<Links, 'create'>, publicUrl: string | null) {
    this.links = links;
    this.publicUrl = publicUrl;
  }

  /** The secret stands behind the `#`: browsers send that to nobody, and it gets into no log. */
  async make(accountId: number, by: Principal, request: Request): Promise<UserLink> {
    const { purpose, secret, expiresAt } = await this.links.create(accountId, by, originOf(request));
    const url = `${serverUrlOf(request, this.publicUrl)}/link#${secret}`;
    return { purpose, url, expiresAt: expiresAt.toISOString() };
  }
}
