import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** An accepted text of a network file; `content` holds its exact bytes. */
export const NetworkVersionEntity = defineEntity({
  name: 'NetworkVersion',
  tableName: 'network_version',
  properties: {
    network: p.text().primary(),
    version: p.integer().primary(),
    content: p.blob(),
    hash: p.text(),
    previousHash: p.text().nullable(),
    author: p.text(),
    acceptedAt: p.datetime(),
  },
});
export type NetworkVersionRow = InferEntity<typeof NetworkVersionEntity>;
