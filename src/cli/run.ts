import type { App } from '../app/app.ts';
import { previewFeeds } from '../app/preview.ts';
import { runOnce } from '../app/run-worker.ts';
import type { Config } from '../config.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import { SANDBOX_CREDENTIALS } from '../sandbox/account.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import type { Command, CommandContext, ExitCode, Needs } from './command.ts';
import { UsageError } from './usage-error.ts';
import { readConfig } from './open-app.ts';
import { openSandbox } from './own-sandbox.ts';
import { showPreview } from './preview.ts';
import { sayPublished } from './published.ts';
import { portTaken } from './sandbox.ts';
import { workUntilEnd } from './work-until-end.ts';

/** The worker; with `--once` one round of it, with `--dry-run` only what it would do. Opens the sandbox where no account is configured. */
export const run: Command = {
  async run(context) {
    const config = await readConfig(context);
    const { switches, texts } = context.line;
    if (config.mode === 'live' && texts.feed !== undefined)
      throw new UsageError(say(cliSentences.feedInLive, context.lang));
    const sandbox = config.ownSandbox ? await ownSandbox(context, config) : null;
    try {
      const aimed = sandbox === null ? config : aimAt(config, sandbox, texts.feed !== undefined);
      if (switches.has('dry-run'))
        return await withConfig(context, aimed, { store: 'memory', publisher: 'none' }, (app) =>
          dryRun(context, app),
        );
      const needs: Needs = { store: 'write', publisher: 'x' };
      if (switches.has('once')) return await withConfig(context, aimed, needs, (app) => once(context, app));
      return await withConfig(context, aimed, needs, (app) => workUntilEnd(context, app, sandbox));
    } finally {
      await sandbox?.close();
    }
  },
};

async function ownSandbox(context: CommandContext, config: Config): Promise<Sandbox> {
  const warn = (_: object, message: string): void => context.io.err(message);
  const opened = await openSandbox(config.dataDir, null, { info: () => {}, warn });
  if (opened.kind === 'port-taken') throw portTaken(context, opened.port);
  return opened.sandbox;
}

/** The same configuration, posting to the sandbox and reading its feed, unless a person typed another one. */
function aimAt(config: Config, sandbox: Sandbox, keepFeeds: boolean): Config {
  const [first] = config.feeds;
  if (first === undefined) throw new Error('the configuration names no feed');
  const feed: Config['feeds'][number] = {
    ...first,
    name: 'sandbox',
    kind: 'feed',
    location: { kind: 'url', url: sandbox.feedUrl },
    enabled: true,
    lang: null,
    pollIntervalMs: 2_000,
    titleIncludes: [],
    selectors: null,
    allowPrivateAddress: true,
  };
  const x = { credentials: SANDBOX_CREDENTIALS, apiUrl: new URL(sandbox.url) };
  return { ...config, x, feeds: keepFeeds ? config.feeds : [feed] };
}

async function withConfig(
  context: CommandContext,
  config: Config,
  needs: Needs,
  work: (app: App) => Promise<ExitCode>,
): Promise<ExitCode> {
  await using app = await context.edges.assemble(config, needs);
  context.tellStrays((error) =>
    app.log.error({ error }, 'an exception that nothing caught; the program goes on'),
  );
  return await work(app);
}

async function dryRun(context: CommandContext, app: App): Promise<ExitCode> {
  return showPreview(context, await previewFeeds(app, context.signal));
}

async function once(context: CommandContext, app: App): Promise<ExitCode> {
  const { io, lang } = context;
  const end = await runOnce(app, context.signal);
  if (end.kind === 'busy')
    throw new UsageError(say(cliSentences.workerElsewhere, lang, { holder: end.holder }));
  for (const entry of end.published) sayPublished(context, entry);
  if (!context.line.switches.has('json'))
    io.out(say(cliSentences.postedCount, lang, { count: end.published.length }));
  return end.worst;
}
