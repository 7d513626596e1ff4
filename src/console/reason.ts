import { consoleLimits } from '../limits/edges.ts';
import { field, type Visitor } from './visit.ts';

/** The reason that was typed, in one paragraph; null where it is missing or too long for the record. */
export function reasonOf(c: Visitor): string | null {
  const reason = field(c, 'reason').replaceAll(/\s+/gu, ' ').trim();
  return reason === '' || reason.length > consoleLimits.reasonMax ? null : reason;
}
