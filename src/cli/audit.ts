import { DateTime } from 'luxon';
import { auditLines, verifyAudit, type AuditLine } from '../app/audit-log.ts';
import { CSV_BEGIN, csvLine } from '../governance/audit-csv.ts';
import { auditColumns, auditFindings, auditSentences } from '../messages/audit.ts';
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
    const chosen = format === undefined ? 'jsonl' : oneOf(context, 'format', format, ['jsonl', 'csv']);
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
  format: 'jsonl' | 'csv',
): Promise<ExitCode> {
  let count = 0;
  if (format === 'csv') {
    const heads = Object.values(auditColumns).map((column) => say(column, lang));
    io.out(CSV_BEGIN + csvLine(heads));
  }
  for await (const line of auditLines(app, range)) {
    io.out(format === 'csv' ? csvLine(cellsOf(line)) : JSON.stringify(line));
    count += 1;
  }
  io.err(say(auditSentences.exported, lang, { count }));
  return 0;
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
