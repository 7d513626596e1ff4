import { stream } from 'hono/streaming';
import { exportAudit, type AuditFormat } from '../app/export-audit.ts';
import { tokyoDay } from './tokyo-day.ts';
import type { ConsoleParts, Visitor } from './visit.ts';

const DAY = 86_400_000;
const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' } as const;

/** GET /history/audit.csv and .jsonl: the audit log of the days that were asked for, or all of it, as a file. */
export function sendAudit(parts: ConsoleParts, c: Visitor, format: AuditFormat): Response {
  const to = tokyoDay(c.req.query('to') ?? '');
  const range = {
    from: tokyoDay(c.req.query('from') ?? '') ?? 0,
    to: to === null ? Number.MAX_SAFE_INTEGER : to + DAY,
  };
  c.header('content-type', TYPES[format]);
  c.header('content-disposition', `attachment; filename="kosatsu-audit.${format}"`);
  return stream(c, async (out) => {
    // Once the browser has gone, nothing more is read for it.
    for await (const line of exportAudit(parts.app, format, c.get('lang'), range)) {
      if (out.aborted) return;
      await out.write(`${line}\r\n`);
    }
  });
}
