import { approvalsNow } from '../app/approvals-now.ts';
import { listBatches, resolveBatch, type Batch, type BatchDecision } from '../app/quarantine.ts';
import type { Lang } from '../feed/item.ts';
import { operatorSentences } from '../messages/operators.ts';
import { batchMessages } from '../messages/quarantine.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { wakeWorker, withApp, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { postsTable } from './posts-table.ts';
import { UsageError } from './usage-error.ts';

/**
 * Without an ID, or with no decision, shows the batches that wait and why. Else decides on one. Exit 0 done, 2 no such batch or post,
 * 3 where something waits on.
 */
export const quarantine: Command = {
  run(context) {
    const { id } = context.line;
    const decision = decisionOf(context);
    if (decision === null) return show(context, id);
    if (id === '') throw new UsageError(say(batchMessages.whichBatch, context.lang));
    const { reason } = context.line.texts;
    if (reason === undefined) throw new UsageError(say(operatorSentences.reasonMissing, context.lang));
    return withDecider(context, async (app) => {
      const { io, lang } = context;
      const request = { id, decision, by: operatorName(context), reason };
      const result = await resolveBatch(app, request);
      if (result.kind !== 'done') {
        io.err(result.kind === 'missing' ? say(batchMessages.unknownBatch, lang, { id }) : result.message);
        return 2;
      }
      const { posted, known, open } = result;
      const counts = { posted: posted.length, known: known.length, open: open.length };
      io.out(say(batchMessages.done, lang, counts));
      for (const { entry, why } of open)
        io.err(why ?? say(batchMessages.needsSecond, lang, { id: entry.id }));
      await wakeWorker(context);
      return open.length === 0 ? 0 : 3;
    });
  },
};

function show(context: CommandContext, id: string): Promise<ExitCode> {
  const { io, lang } = context;
  return withApp(context, { store: 'read', publisher: 'none' }, async (app) => {
    const batches = (await listBatches(app)).filter((batch) => id === '' || batch.id === id);
    if (batches.length > 0)
      io.out(
        batches
          .map((batch) =>
            block({ ...batch, held: batch.held.map((entry) => approvalsNow(app, entry)) }, lang),
          )
          .join('\n\n'),
      );
    else if (id === '') io.out(say(batchMessages.none, lang));
    else {
      io.err(say(batchMessages.unknownBatch, lang, { id }));
      return 2;
    }
    return 0;
  });
}

function block({ id, feed, since, flood, held }: Batch, lang: Lang): string {
  const params = { id, feed, since: tokyoTime(since, lang), count: held.length, flood };
  // Why the batch waits is said once, above; what else is wrong with a post stands beside it.
  const shown = held.map((entry) => ({
    ...entry,
    reasons: entry.reasons.filter(({ rule }) => rule !== 'baseline-burst'),
  }));
  const posts = postsTable(shown, lang).replaceAll(/^(?=.)/gmu, '  ');
  return [say(batchMessages.head, lang, params), posts, say(batchMessages.how, lang, { id })].join('\n');
}

function decisionOf({ line, lang }: CommandContext): BatchDecision | null {
  const { post } = line.texts;
  const given: BatchDecision[] = [
    ...(line.switches.has('all-known') ? [{ kind: 'known' } as const] : []),
    ...(line.switches.has('newest-only') ? [{ kind: 'newest' } as const] : []),
    ...(post === undefined ? [] : [{ kind: 'post', ids: idsIn(post) } as const]),
  ];
  if (given.length > 1) throw new UsageError(say(batchMessages.whichDecision, lang));
  return given[0] ?? null;
}

function idsIn(list: string): readonly string[] {
  return list
    .split(/[\s,、，]+/u)
    .filter((id) => id !== '')
    .map((id) => id.toLowerCase());
}
