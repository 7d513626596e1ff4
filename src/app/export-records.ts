import { DateTime } from 'luxon';
import type { EpochMs, Lang } from '../feed/item.ts';
import { CSV_BEGIN, csvLine } from '../governance/audit-csv.ts';
import { auditColumns, exportSentences, postColumns } from '../messages/audit.ts';
import { say } from '../messages/sentence.ts';
import { stateNames, topicNames } from '../messages/states.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import type { App } from './app.ts';
import { auditLines, type AuditLine } from './audit-log.ts';
import { checkRole } from './authorize.ts';
import { postLine } from './post-line.ts';
import type { Running } from './progress.ts';
import { everyPost, type PostSearch } from './search-posts.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What is written out: JSON Lines, or a table for spreadsheets under columns in that language. */
export type ExportRequest = { by: string; format: ExportFormat; lang: Lang } & Wanted;

type Wanted =
  | { what: 'posts'; search: PostSearch }
  /** `to` is the first moment that no longer counts. */
  | { what: 'audit'; from: EpochMs; to: EpochMs };

/** A line at a time without its end, oldest first. The lines end with ExportStopped where a person stops them. */
export type ExportResult =
  { kind: 'lines'; lines: AsyncGenerator<string> } | { kind: 'refused'; message: string };

/** Thrown after the last line of an export that was stopped, which says so: no half of it may pass for the whole. */
export class ExportStopped extends Error {}

/** Writes out posts or the audit log, for those who may; that they were given out is on record before the first line leaves. */
export async function exportRecords(app: App, request: ExportRequest): Promise<ExportResult> {
  const right = await checkRole(app, { act: 'export-audit', by: request.by, subject: request.what });
  if (right.kind === 'refused') return right;
  await app.governance.note({
    at: app.clock.now(),
    scope: app.scope,
    actor: right.by,
    act: 'records.exported',
    subject: request.what,
    reason: null,
    before: null,
    after: { format: request.format },
    policyVersion: null,
  });
  return { kind: 'lines', lines: linesOf(app, request) };
}

async function* linesOf(app: App, request: ExportRequest): AsyncGenerator<string> {
  const { format, lang, what } = request;
  const isTable = format === 'csv';
  using running = app.progress.begin(`export-${what}`, format, null, app.clock.now());
  const columns = Object.values(what === 'audit' ? auditColumns : postColumns);
  if (isTable) yield CSV_BEGIN + csvLine(columns.map((column) => say(column, lang)));
  const lines = what === 'audit' ? auditOf(app, request, running) : postsOf(app, request, running);
  try {
    yield* lines;
  } catch (error) {
    const message = say(exportSentences.incomplete, lang);
    if (error instanceof ExportStopped)
      yield isTable ? csvLine([message]) : JSON.stringify({ incomplete: true, message });
    throw error;
  }
}

/** Tells how many were looked at, and ends the lines where a person stopped them. */
function tellLooked(running: Running, total: number): (count: number) => void {
  return (count) => {
    if (running.signal.aborted) throw new ExportStopped('a person stopped the export');
    running.step(count, Math.max(total, count));
  };
}

async function* auditOf(
  app: App,
  { format, from, to }: ExportRequest & { what: 'audit' },
  running: Running,
): AsyncGenerator<string> {
  const total = (await app.governance.auditHead())?.seq ?? 0;
  for await (const line of auditLines(app, { from, to }, tellLooked(running, total)))
    yield format === 'csv' ? csvLine(auditCells(line)) : JSON.stringify(line);
}

async function* postsOf(
  app: App,
  { format, lang, search }: ExportRequest & { what: 'posts' },
  running: Running,
): AsyncGenerator<string> {
  const counts = await app.store.countByState(app.scope);
  const total = search.state === null ? sum(Object.values(counts)) : (counts[search.state] ?? 0);
  for await (const entry of everyPost(app, search, tellLooked(running, total)))
    yield format === 'csv' ? csvLine(postCells(app, entry, lang)) : JSON.stringify(postLine(entry, lang));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

/** In the order of `auditColumns`. */
function auditCells(line: AuditLine): (string | number | null)[] {
  const detail = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
  return [
    line.seq,
    tokyoIso(line.at),
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

/** In the order of `postColumns`. */
function postCells(app: App, entry: Entry, lang: Lang): (string | number | null)[] {
  return [
    entry.id,
    say(stateNames[entry.state], lang),
    say(topicNames[entry.topic], lang),
    entry.lang,
    entry.text,
    entry.url,
    tokyoIso(entry.createdAt),
    entry.publishedAt === null ? null : tokyoIso(entry.publishedAt),
    entry.remoteId === null ? null : postAddress(entry, app.config.x.apiUrl),
    entry.source?.feed ?? null,
    entry.source?.title ?? null,
    entry.by,
    entry.approvals.map(({ by }) => by).join(' / '),
    entry.rule,
    entry.policyVersion,
    entry.mode,
    entry.account,
  ];
}

function tokyoIso(at: EpochMs): string | null {
  return DateTime.fromMillis(at, { zone: 'Asia/Tokyo' }).toISO();
}
