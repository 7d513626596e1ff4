import { DateTime } from 'luxon';
import { auditSentences } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The days of `--from` and `--to` in Japan, as instants; `to` is the first moment after its day. null: no bound. */
export function dayRange(context: CommandContext): { from: number | null; to: number | null } {
  const [from, to] = [dayOf(context, 'from', 0), dayOf(context, 'to', 1)];
  // An export without a line would pass for an office without records.
  if (from !== null && to !== null && from >= to)
    throw new UsageError(say(auditSentences.daysTurned, context.lang));
  return { from, to };
}

/** The beginning of a day in Japan, or of the day after. */
function dayOf({ line, lang }: CommandContext, flag: 'from' | 'to', later: 0 | 1): number | null {
  const value = line.texts[flag];
  if (value === undefined) return null;
  const day = DateTime.fromFormat(value, 'yyyy-MM-dd', { zone: 'Asia/Tokyo' });
  if (!day.isValid) throw new UsageError(say(auditSentences.dateForm, lang, { flag, value }));
  return day.plus({ days: later }).toMillis();
}
