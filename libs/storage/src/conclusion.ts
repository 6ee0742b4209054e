import { REASONS, type Reason } from '#config';
import type { Conclusion } from './types.ts';

/** What a gap was when its machine has values of that time, by the reason with which its row was stored. */
const CONCLUSION_OF: Readonly<Record<Reason, Exclude<Conclusion, 'no_data'>>> = {
  refused: 'network',
  timeout: 'network',
  unreachable: 'network',
  reset: 'network',
  dns: 'network',
  tls: 'agent',
  denied: 'agent',
  bad_response: 'agent',
  too_large: 'agent',
  stale: 'agent',
  no_data: 'agent',
  unobserved: 'distomon',
};

/** {@link CONCLUSION_OF} in SQL. */
export function conclusionOf(reasonColumn: string): string {
  return `case ${reasonColumn} ${REASONS.map(reason => `when '${reason}' then '${CONCLUSION_OF[reason]}'`).join(' ')} end`;
}
