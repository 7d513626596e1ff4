import type { App } from '../app/app.ts';
import { approvalsNow } from '../app/approvals-now.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../app/export-records.ts';
import { postLine } from '../app/post-line.ts';
import { publishingStops } from '../app/publishing-stops.ts';
import { awaitsComparison } from '../app/timeline-guard.ts';
import { UNREACHABLE } from '../app/watch-reach.ts';
import { storeLimits } from '../limits/storage.ts';
import { exportSentences } from '../messages/audit.ts';
import { cliSentences } from '../messages/cli.ts';
import { postWaits } from '../messages/post-waits.ts';
import { say } from '../messages/sentence.ts';
import { STATES, type Entry, type State } from '../outbox/entry.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { dayRange } from './day-range.ts';
import { oneOf, refusalOf, withApp } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { postsTable, type Standing, type Surroundings } from './posts-table.ts';
import { UsageError } from './usage-error.ts';
import { writeExport } from './write-export.ts';

/** The outbox, newest first: all modes and accounts. With `--format` an export of one account's posts, oldest first. */
export const posts: Command = {
  run: (context) => {
    const { state, format } = context.line.texts;
    const one = state === undefined ? null : oneOf(context, 'state', state, STATES);
    if (format !== undefined)
      return exportPosts(context, one, oneOf(context, 'format', format, EXPORT_FORMATS));
    for (const flag of ['from', 'to', 'out'] as const)
      if (context.line.texts[flag] !== undefined)
        throw new UsageError(say(exportSentences['format-missing'], context.lang, { flag }));
    return withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
      const found = await app.store.list({
        ...(one === null ? {} : { states: [one] }),
        newestFirst: true,
      });
      const entries = found.map((entry) => approvalsNow(app, entry));
      if (context.line.switches.has('json')) {
        for (const entry of entries) context.io.out(JSON.stringify(postLine(entry, app.config.operatorLang)));
      } else {
        const among = one === null ? entries : await app.store.list({ newestFirst: true });
        const around = await surroundings(app, entries, among);
        context.io.out(postsTable(entries, context.lang, around));
        if (entries.some(goesOnByItself) && (await app.lease.holder()) === null)
          context.io.out(`\n${say(postWaits['no-worker'], context.lang)}`);
      }
      if (entries.length >= storeLimits.listMax) {
        context.io.err(say(cliSentences.postsCut, context.lang, { count: entries.length }));
      }
      return 0;
    });
  },
};

/** What keeps the queued ones back is read for the mode and account of each, which need not be those of the settings. */
async function surroundings(
  app: App,
  entries: readonly Entry[],
  among: readonly Entry[],
): Promise<Surroundings> {
  const now = app.clock.now();
  const stops = new Map<string, Standing>();
  for (const { state, mode, account } of entries) {
    if (state !== 'queued' || stops.has(`${mode} ${account}`)) continue;
    const there = { ...app, scope: { mode, account } };
    const stopped = await publishingStops(there, now);
    const alert = (await app.store.alerts(there.scope)).find(({ key }) => key === UNREACHABLE);
    const unreachable = alert === undefined ? null : String(alert.params['detail']);
    stops.set(`${mode} ${account}`, {
      ...stopped,
      isComparing: await awaitsComparison(there),
      unreachable,
    });
  }
  return { among, now, stopsOf: ({ mode, account }) => stops.get(`${mode} ${account}`) };
}

/** Whether the worker, and nobody else, is what the post waits for. */
function goesOnByItself({ state, needsPerson }: Entry): boolean {
  return ['queued', 'attempting', 'uncertain', 'withdrawing'].includes(state) && !needsPerson;
}

/** Every post of this mode and account, however many there are, for whoever may have the records. */
function exportPosts(context: CommandContext, state: State | null, format: ExportFormat): Promise<ExitCode> {
  const { from, to } = dayRange(context);
  return withApp(context, { store: 'write', publisher: 'none' }, async (app) => {
    const refusal = await refusalOf({ ...context, act: 'export-audit' }, app);
    const search = { text: '', by: '', state, madeFrom: from, madeBefore: to };
    const request = { what: 'posts', search, format, lang: context.lang } as const;
    if (refusal === null) return writeExport(context, app, { ...request, by: operatorName(context) });
    context.io.err(refusal);
    return 3;
  });
}
