import type { App } from '../app/app.ts';
import { ensureAdministrator, type WithPassword } from '../app/operators.ts';
import { previewFeeds } from '../app/preview.ts';
import { runOnce } from '../app/run-worker.ts';
import { cliSentences } from '../messages/cli.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import type { Command, CommandContext, ExitCode } from './command.ts';
import { readConfig, withConfig } from './open-app.ts';
import { showPreview } from './preview.ts';
import { sayPublished } from './published.ts';
import { showProgress } from './show-progress.ts';
import { UsageError } from './usage-error.ts';
import { workUntilEnd } from './work-until-end.ts';

/** The worker; with `--once` one round of it, with `--dry-run` only what it would do. */
export const run: Command = {
  async run(context) {
    const config = await readConfig(context);
    const { switches, texts } = context.line;
    // A feed that was only typed has nobody's approval for the official account.
    if (config.mode === 'live' && texts.feed !== undefined && !switches.has('dry-run')) {
      throw new UsageError(say(cliSentences.feedInLive, context.lang));
    }
    if (switches.has('dry-run')) {
      return withConfig(context, config, { store: 'memory', publisher: 'none' }, (app) =>
        dryRun(context, app),
      );
    }
    return withConfig(context, config, { store: 'write', publisher: 'x' }, async (app) => {
      // The first run makes one administrator; the password is shown once and nowhere else.
      const made = await ensureAdministrator(app);
      using closing = new DisposableStack();
      closing.use(showProgress(context, app));
      if (!switches.has('once')) return await workUntilEnd(context, app, made);
      if (made !== null) sayAdministrator(context, made);
      return await once(context, app);
    });
  },
};

function sayAdministrator({ io, lang }: CommandContext, { operator, password }: WithPassword): void {
  io.err(say(operatorSentences.firstAdministrator, lang, { name: operator.name, password }));
}

async function dryRun(context: CommandContext, app: App): Promise<ExitCode> {
  return showPreview(context, await previewFeeds(app, context.signal));
}

async function once(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang } = context;
  const end = await runOnce(app, context.signal);
  if (end.kind === 'busy')
    throw new UsageError(say(cliSentences.workerElsewhere, lang, { holder: end.holder }));
  for (const entry of end.published) sayPublished(context, app, entry);
  if (!context.line.switches.has('json'))
    io.out(say(cliSentences.postedCount, lang, { count: end.published.length }));
  // Nobody reads the log of a round that seemed to go well.
  const [failure] = end.unrecorded;
  if (failure !== undefined) throw failure;
  return end.worst;
}
