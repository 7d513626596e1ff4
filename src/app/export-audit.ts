import { DateTime } from 'luxon';
import type { EpochMs, Lang } from '../feed/item.ts';
import { CSV_BEGIN, csvLine } from '../governance/audit-csv.ts';
import { auditColumns } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import type { App } from './app.ts';
import { auditLines, type AuditLine } from './audit-log.ts';

export const AUDIT_FORMATS = ['jsonl', 'csv'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

/**
 * The audit log for a records request, a line at a time without its end, oldest first: JSON Lines, or a table for spreadsheets under
 * columns in that language. `to` is the first moment that no longer counts.
 */
export async function* exportAudit(
  app: App,
  format: AuditFormat,
  lang: Lang,
  range: { from: EpochMs; to: EpochMs },
): AsyncGenerator<string> {
  if (format === 'csv')
    yield CSV_BEGIN + csvLine(Object.values(auditColumns).map((column) => say(column, lang)));
  for await (const line of auditLines(app, range))
    yield format === 'csv' ? csvLine(cellsOf(line)) : JSON.stringify(line);
}

/** In the order of `auditColumns`. */
function cellsOf(line: AuditLine): (string | number | null)[] {
  const time = DateTime.fromMillis(line.at, { zone: 'Asia/Tokyo' }).toISO() ?? '';
  const detail = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
  return [
    line.seq,
    time,
    line.actorName,
    line.act,
    line.subject,
    line.reason,
    line.mode,
    line.account,
    detail(line.before),
    detail(line.after),
    line.policyVersion,
    line.hash,
  ];
}
