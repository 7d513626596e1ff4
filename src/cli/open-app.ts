import { authorize } from '../app/authorize.ts';
import type { Config, Overrides } from '../config.ts';
import { cliSentences } from '../messages/cli.ts';
import { say, type Sentence } from '../messages/sentence.ts';
import type { CommandContext, ExitCode, Needs, OpenedApp } from './command.ts';
import { credentials } from './credentials.ts';
import { UsageError } from './usage-error.ts';
import { dataFolder } from './operator-settings.ts';

type Work = (app: OpenedApp) => Promise<ExitCode>;

/** Reads the configuration with the flags of this command; throws UsageError with every mistake in it. */
export async function readConfig(context: CommandContext): Promise<Config> {
  const { texts } = context.line;
  const overrides: Overrides = {
    ...(texts.config === undefined ? {} : { configDir: texts.config }),
    ...(texts.data === undefined ? {} : { dataDir: texts.data }),
    ...(texts.feed === undefined ? {} : { feed: texts.feed }),
    ...(texts['first-run'] === undefined
      ? {}
      : { firstRun: oneOf(context, 'first-run', texts['first-run'], ['baseline', 'publish']) }),
    ...(context.classes === true ? {} : { rules: 'unread' as const }),
    ...(context.passOver === undefined ? {} : { passOver: context.passOver }),
    ...(context.template === undefined ? {} : { template: context.template }),
    ...(texts.port === undefined ? {} : { consolePort: portNumber(context, texts.port) }),
  };
  const loaded = await context.edges.loadConfig(overrides, context.env, context.cwd, context.lang);
  if (loaded.kind === 'ok') return loaded.config;
  if (context.recorded !== undefined) await loaded.record?.(context.recorded);
  const head = say(cliSentences.mistakesHead, context.lang, { count: loaded.mistakes.length });
  throw new UsageError([head, ...loaded.mistakes.map((mistake) => `  ${mistake}`)].join('\n'));
}

/** Reads the configuration, opens the program, lets `work` use it, and closes it whatever happens. */
export async function withApp(context: CommandContext, needs: Needs, work: Work): Promise<ExitCode> {
  return withConfig(context, await readConfig(context), needs, work);
}

/**
 * Opens the program for a person's decision. Nothing is posted, but the account must be the one that the worker posts to:
 * where another server plays X, only that server can name it, and a pause noted for another account would stop nothing.
 */
export async function withDecider(context: CommandContext, work: Work): Promise<ExitCode> {
  const config = await readConfig(context);
  const needs: Needs = { store: 'write', publisher: config.ownSandbox ? 'none' : 'x' };
  return withConfig(context, config, needs, async (app) => {
    const refusal = await refusalOf(context, app);
    if (refusal === null) return work(app);
    context.io.err(refusal);
    return 3;
  });
}

/** Why the person at this command line may not do what the command does, in a sentence; null where they may. */
export async function refusalOf(context: CommandContext, app: OpenedApp): Promise<string | null> {
  const { act, line } = context;
  if (act === undefined) return null;
  const subject = line.id === '' ? undefined : line.id;
  const right = await authorize(app, { act, ...credentials(context), subject });
  return right.kind === 'refused' ? right.message : null;
}

/** The same with a configuration that was read already. */
export async function withConfig(
  context: CommandContext,
  config: Config,
  needs: Needs,
  work: Work,
): Promise<ExitCode> {
  await using app = await context.edges.assemble(config, needs);
  context.tellStrays((error) =>
    app.log.error({ error }, 'an exception that nothing caught; the program goes on'),
  );
  return await work(app);
}

/** Says why a person's act on the post of this command line was not done, and gives the exit code for it; `missing`: there is none. */
export function sayNotDone(
  { io, lang, line }: CommandContext,
  result: { kind: 'missing' } | { kind: 'refused'; message: string },
  missing: Sentence = cliSentences.idUnknown,
): ExitCode {
  if (result.kind === 'refused') {
    io.err(result.message);
    return 3;
  }
  io.err(say(missing, lang, { id: line.id }));
  return 2;
}

/** Lets a running worker look at the store now. Without a worker there is nobody to tell. */
export async function wakeWorker(context: CommandContext): Promise<void> {
  const link = await context.edges.connectWorker(await dataFolder(context));
  if (link === null) return;
  await link.ask({ kind: 'wake' }, 2_000);
  link.close();
}

/** Checks a flag that takes one of a few words. */
export function oneOf<Word extends string>(
  context: CommandContext,
  flag: string,
  value: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new UsageError(
    say(cliSentences.flagNotOneOf, context.lang, { flag, value, choices: words.join(', ') }),
  );
}

/** A port that may be listened on; 0 lets the system choose. */
export function portNumber(context: CommandContext, value: string): number {
  const port = /^\d{1,5}$/u.test(value) ? Number(value) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(say(cliSentences.portWrong, context.lang, { value }));
}
