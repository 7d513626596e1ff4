import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Command, CommandContext } from './command.ts';
import { UsageError } from './usage-error.ts';
import { portNumber } from './open-app.ts';
import { dataFolder } from './operator-settings.ts';
import { SANDBOX_CREDENTIALS } from '../sandbox/account.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';

/** The server that plays X, alone, until the signal. */
export const sandbox: Command = {
  async run(context) {
    const port = context.line.texts.port === undefined ? null : portNumber(context, context.line.texts.port);
    const quiet = { info: () => {}, warn: (_: object, message: string) => context.io.err(message) };
    const opened = await openSandbox(await dataFolder(context), port, quiet);
    if (opened.kind === 'port-taken') throw portTaken(context, opened.port);
    sayWhere(context, opened.sandbox);
    await ended(context.signal);
    await opened.sandbox.close();
    return 0;
  },
};

/** Prints the sandbox's addresses, and the settings with which the program posts to it. */
function sayWhere({ io, lang }: CommandContext, { url, feedUrl, timelineUrl }: Sandbox): void {
  const { apiKey, apiSecret, accessToken, accessSecret } = SANDBOX_CREDENTIALS;
  const settings = {
    X_API_URL: url,
    X_API_KEY: apiKey,
    X_API_SECRET: apiSecret,
    X_ACCESS_TOKEN: accessToken,
    X_ACCESS_SECRET: accessSecret,
  };
  const rows = Object.entries(settings).map(([name, value]) => `  ${name}=${value}`);
  const params = { api: url, feed: feedUrl, timeline: timelineUrl, settings: rows.join('\n') };
  io.out(say(cliSentences.sandboxOpen, lang, params));
}

/** The end of a command whose port, which was asked for, is taken. */
export function portTaken({ lang }: CommandContext, port: number): UsageError {
  return new UsageError(say(cliSentences.portTaken, lang, { port }));
}

/** Resolves when the signal aborts. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
