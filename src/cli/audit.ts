import { verifyAudit } from '../app/audit-log.ts';
import { EXPORT_FORMATS } from '../app/export-records.ts';
import { auditFindings, auditSentences } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import type { App } from '../app/app.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { dayRange } from './day-range.ts';
import { oneOf, refusalOf, withApp } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';
import { writeExport } from './write-export.ts';

/** Proves the log, or writes it out for a records request. Exit 0 sound or written, 1 where the log was tampered with, 3 refused. */
export const audit: Command = {
  run(context) {
    if (context.line.action === 'verify') {
      const anchors = anchorsOf(context);
      return withApp(context, { store: 'read', publisher: 'none' }, (app) => verify(context, app, anchors));
    }
    const { from, to } = dayRange(context);
    const range = { from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER };
    const { format } = context.line.texts;
    const chosen = format === undefined ? 'jsonl' : oneOf(context, 'format', format, EXPORT_FORMATS);
    return withApp(context, { store: 'write', publisher: 'none' }, async (app) => {
      const refusal = await refusalOf(context, app);
      const request = { what: 'audit', ...range, format: chosen, lang: context.lang } as const;
      if (refusal === null) return writeExport(context, app, { ...request, by: operatorName(context) });
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

function anchorsOf({ line, lang }: CommandContext): ReadonlyMap<number, string> {
  return new Map(
    (line.lists.anchor ?? []).map((value): [number, string] => {
      const match = /^(\d{1,15}):([0-9a-f]{64})$/u.exec(value.trim().toLowerCase());
      if (match === null) throw new UsageError(say(auditSentences.anchorForm, lang, { value }));
      return [Number(match[1]), match[2] ?? ''];
    }),
  );
}
