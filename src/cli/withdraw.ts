import {
  carryOutWithdrawal,
  watchWithdrawal,
  type Withdrawal,
  type WithdrawalEnd,
} from '../app/carry-out-withdrawal.ts';
import type { App } from '../app/app.ts';
import { prepareCorrection } from '../app/correction.ts';
import { proposeWithdrawal, withdrawPost, type WithdrawRequest } from '../app/withdraw-post.ts';
import { cliSentences } from '../messages/cli.ts';
import { withdrawSentences } from '../messages/cli-withdraw.ts';
import { say } from '../messages/sentence.ts';
import { modeNames } from '../messages/states.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { readConfig, refusalOf, sayNotDone, withConfig } from './open-app.ts';
import { dataFolder, operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';
import { correctionEnd, deletionEnd, withdrawalText } from './withdraw-screen.ts';

/**
 * Takes a post back and publishes its correction: shows both, asks, records, and waits for X's answers. Exit 0 both done, 2 no such
 * post, 3 refused, held or waiting, 4 refused by X, 5 outcome unknown.
 */
export const withdraw: Command = {
  async run(context) {
    const { texts, id } = context.line;
    const reason = texts.reason;
    if (reason === undefined) throw new UsageError(say(withdrawSentences.reasonMissing, context.lang));
    if (texts.correction !== undefined && context.line.switches.has('correct')) {
      const params = { one: 'correct', other: 'correction' };
      throw new UsageError(say(cliSentences.flagsTogether, context.lang, params));
    }
    const request = { id, by: operatorName(context), reason, correction: texts.correction ?? null };
    const correcting = texts.correction !== undefined || context.line.switches.has('correct');
    // A deletion is judged by nothing; a correction is composed and judged like any post.
    const config = await readConfig(
      correcting ? context : { ...context, passOver: ['feeds', 'templates', 'policy'] },
    );
    const link = await context.edges.connectWorker(await dataFolder(context));
    try {
      // A worker's own sandbox is the account: a second one beside it would be another world.
      const publisher = link !== null && config.ownSandbox ? 'none' : 'x';
      return await withConfig(context, config, { store: 'write', publisher }, async (app) => {
        const refusal = await refusalOf(context, app);
        if (refusal !== null) {
          context.io.err(refusal);
          return 3;
        }
        const wanted = await withPrepared(context, app, request);
        if (wanted === null) return 2;
        return proposeAndWithdraw(context, app, wanted, async (withdrawal) => {
          if (link === null) return carryOutWithdrawal(app, withdrawal, context.signal);
          await link.ask({ kind: 'wake' }, 2_000);
          return watchWithdrawal(app, withdrawal, context.signal);
        });
      });
    } finally {
      link?.close();
    }
  },
};

/** With `--correct`, the request with the correction that stands prepared; null where there is none, which was said. */
async function withPrepared(
  { io, line }: CommandContext,
  app: App,
  request: WithdrawRequest,
): Promise<WithdrawRequest | null> {
  if (!line.switches.has('correct')) return request;
  const prepared = await prepareCorrection(app, request.id);
  if (prepared.kind === 'prepared') return { ...request, correction: prepared.text };
  io.err(prepared.message);
  return null;
}

async function proposeAndWithdraw(
  context: CommandContext,
  app: App,
  request: WithdrawRequest,
  carryOut: (withdrawal: Withdrawal) => Promise<WithdrawalEnd>,
): Promise<ExitCode> {
  const { io, lang } = context;
  const at = { lang, apiUrl: app.config.x.apiUrl };
  const proposal = await proposeWithdrawal(app, request);
  if (proposal.kind !== 'proposal') return sayNotDone(context, proposal, withdrawSentences.notOurs);
  io.err(withdrawalText(proposal, at));
  if (!context.line.switches.has('yes')) {
    const { account, mode } = proposal.entry;
    const params = { account, mode: say(modeNames[mode], lang) };
    const answer = await io.ask(say(withdrawSentences.question, lang, params), context.signal);
    if (answer === null) throw new UsageError(say(withdrawSentences.noAnswer, lang));
    if (!/^\s*(y|yes|はい)\s*$/iu.test(answer)) {
      io.err(say(withdrawSentences.notConfirmed, lang));
      return 3;
    }
  }
  const recorded = await withdrawPost(app, request);
  if (recorded.kind !== 'recorded') return sayNotDone(context, recorded, withdrawSentences.notOurs);
  const correctionId = recorded.correction?.id ?? null;
  const end = await carryOut({ entryId: recorded.entry.id, correctionId });
  const ends = [deletionEnd(end, at), ...correctionEnd(end, at)];
  let worst: ExitCode = 0;
  for (const { code, text } of ends) {
    if (code === 0) io.out(text);
    else io.err(text);
    if (code > worst) worst = code;
  }
  return worst;
}
