import { DateTime } from 'luxon';
import { verifyAudit } from '../app/audit-log.ts';
import { AUDIT_FORMATS, exportAudit, type AuditFormat } from '../app/export-audit.ts';
import { auditFindings, auditSentences } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import type { App } from '../app/app.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { oneOf, refusalOf, withApp } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Proves the log, or writes it out for a records request. Exit 0 sound or written, 1 where the log was tampered with, 3 refused. */
export const audit: Command = {
  run(context) {
    if (context.line.action === 'verify') {
      const anchors = anchorsOf(context);
      return withApp(context, { store: 'read', publisher: 'none' }, (app) => verify(context, app, anchors));
    }
    const range = {
      from: dayOf(context, 'from', 0) ?? 0,
      to: dayOf(context, 'to', 1) ?? Number.MAX_SAFE_INTEGER,
    };
    const { format } = context.line.texts;
    const chosen = format === undefined ? 'jsonl' : oneOf(context, 'format', format, AUDIT_FORMATS);
    return withApp(context, { store: 'write', publisher: 'none' }, async (app) => {
      const refusal = await refusalOf(context, app);
      if (refusal === null) return write(context, app, range, chosen);
      context.io.err(refusal);
      return 3;
    });
  },
};

async function verify(
  { io, lang }: CommandContext,
  app: App,
  anchors: ReadonlyMap<number, string>,
): Promise<ExitCode> {
  const report = await verifyAudit(app, anchors);
  if (report.backInTime.length > 0)
    io.err(say(auditSentences.backInTime, lang, { seqs: report.backInTime.slice(0, 20).join(', ') }));
  if (report.problems.length === 0) {
    const { head, count } = report;
    io.out(
      head === null
        ? say(auditSentences.empty, lang)
        : say(auditSentences.sound, lang, { count, seq: head.seq, hash: head.hash }),
    );
    return 0;
  }
  io.err(say(auditSentences.broken, lang, { count: report.problems.length }));
  for (const { kind, seq, id } of report.problems)
    io.out(`  ${say(auditFindings[kind], lang, { seq: seq ?? '', id: id ?? '' })}`);
  return 1;
}

async function write(
  { io, lang }: CommandContext,
  app: App,
  range: { from: number; to: number },
  format: AuditFormat,
): Promise<ExitCode> {
  let count = format === 'csv' ? -1 : 0;
  for await (const line of exportAudit(app, format, lang, range)) {
    io.out(line);
    count += 1;
  }
  io.err(say(auditSentences.exported, lang, { count }));
  return 0;
}

function anchorsOf({ line, lang }: CommandContext): ReadonlyMap<number, string> {
  return new Map(
    (line.lists.anchor ?? []).map((value): [number, string] => {
      const match = /^(\d{1,15}):([0-9a-f]{64})$/u.exec(value.trim().toLowerCase());
      if (match === null) throw new UsageError(say(auditSentences.anchorForm, lang, { value }));
      return [Number(match[1]), match[2] ?? ''];
    }),
  );
}

/** The beginning of a day in Japan, or of the day after. */
function dayOf({ line, lang }: CommandContext, flag: 'from' | 'to', later: 0 | 1): number | null {
  const value = line.texts[flag];
  if (value === undefined) return null;
  const day = DateTime.fromFormat(value, 'yyyy-MM-dd', { zone: 'Asia/Tokyo' });
  if (!day.isValid) throw new UsageError(say(auditSentences.dateForm, lang, { flag, value }));
  return day.plus({ days: later }).toMillis();
}
