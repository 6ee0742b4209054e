import { findRetentionConflicts, formatRetention, type RetentionMs, retentionOf } from '#config';
import { ProblemException } from '../problem/problem.ts';
import type { RetentionQuery } from './storage.dto.ts';

/**
 * The retention that a query asks about; what it does not name is as it is in force.
 *
 * @throws ProblemException 400 `INVALID_RETENTION` when the settings would refuse it too
 */
export function decideRetention(query: Readonly<RetentionQuery>, inForce: RetentionMs): RetentionMs {
  const retention = retentionOf(query, inForce);
  const errors = findRetentionConflicts(retention).map(({ tooShort, than }) => ({
    path: tooShort,
    message:
      `${tooShort} (${formatRetention(retention[tooShort])}) must be kept at least as long as ${than} ` +
      `(${formatRetention(retention[than])}), of which they are made; 0 keeps for ever`,
  }));
  if (errors.length === 0) return retention;
  const detail = 'The database could not be kept like that; "errors" says why.';
  throw new ProblemException(400, 'INVALID_RETENTION', detail, errors);
}
