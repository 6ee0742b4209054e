import type { AgentFacts } from '#storage';

/** Field by field: PostgreSQL gives the keys of a jsonb value back in another order than they were stored in. */
export function sameFacts(a: AgentFacts, b: AgentFacts): boolean {
  const fields = ({ version, uid, os, cores, memoryBytes, rootChart, diskCharts }: AgentFacts): string =>
    JSON.stringify([version, uid, os, cores, memoryBytes, rootChart, diskCharts]);
  return fields(a) === fields(b);
}
