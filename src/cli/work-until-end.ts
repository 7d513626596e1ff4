import type { WithPassword } from '../app/operators.ts';
import { consoleAddress } from '../app/read-status.ts';
import { runWorker, type Worker, type WorkerEnd } from '../app/run-worker.ts';
import { AnswerWatch } from '../app/watch-answers.ts';
import { ReachWatch } from '../app/watch-reach.ts';
import type { LinkHandler } from '../app/worker-link.ts';
import { createConsole } from '../console/create-console.ts';
import { serveConsole } from '../console/serve-console.ts';
import { Sessions } from '../console/sessions.ts';
import { isGoverned } from '../governance/operator.ts';
import { edgeLimits } from '../limits/edges.ts';
import { cliSentences } from '../messages/cli.ts';
import { consoleMessages } from '../messages/console.ts';
import { say } from '../messages/sentence.ts';
import { answerLink } from './answer-link.ts';
import type { CommandContext, ExitCode, LinkServing, OpenedApp } from './command.ts';
import { UsageError } from './usage-error.ts';
import { sayPublished } from './published.ts';
import { portTaken } from './sandbox.ts';

/**
 * Runs the worker with its status page and its socket until the signal, and closes all three in order. `administrator` is the one whom
 * this first run made: that one password then opens the page too, so that a newcomer has one thing to type.
 */
export async function workUntilEnd(
  context: CommandContext,
  app: OpenedApp,
  administrator: WithPassword | null,
): Promise<ExitCode> {
  const broken = new AbortController();
  // Requests of the command line are answered until the loops have ended, so that they hear how the post in flight ended.
  const answering = new AbortController();
  const opening: Promise<AsyncDisposable>[] = [];
  let failure: unknown = null;
  const onReady = (worker: Worker): void => {
    const open = openDoors(context, app, { worker, administrator }, answering.signal);
    opening.push(open);
    open.catch((error: unknown) => {
      failure = error;
      broken.abort();
    });
  };
  const [reach, answers] = [new ReachWatch(app), new AnswerWatch(app)];
  let end: WorkerEnd;
  try {
    end = await runWorker(app, {
      signal: AbortSignal.any([context.signal, broken.signal]),
      onReady,
      onPost: (entry) => sayPublished(context, app, entry),
      onReport: async (report) => {
        await reach.look(report);
        await answers.look(report);
      },
    });
  } finally {
    answering.abort();
    for (const door of await Promise.allSettled(opening))
      if (door.status === 'fulfilled') await door.value[Symbol.asyncDispose]();
  }
  if (failure !== null) throw failure;
  switch (end.kind) {
    case 'stopped':
      return 0;
    case 'busy':
      throw new UsageError(say(cliSentences.workerElsewhere, context.lang, { holder: end.holder }));
    case 'lease-lost':
      context.io.err(say(cliSentences.leaseLost, context.lang));
      return 1;
  }
}

async function openDoors(
  context: CommandContext,
  app: OpenedApp,
  { worker, administrator }: { worker: Worker; administrator: WithPassword | null },
  answering: AbortSignal,
): Promise<AsyncDisposable> {
  const { io, lang, line } = context;
  await using doors = new AsyncDisposableStack();
  const { port, portWasAsked } = app.config.console;
  const printed = administrator?.password ?? grouped(app.random.secret().slice(0, PRINTED_LETTERS));
  const knock = (): void => worker.wakeAll();
  const sessions = new Sessions(() => app.random.secret());
  const pages = createConsole({ app, sessions, knock, signal: answering, printed });
  const page = await serveConsole(pages, { port, wasAsked: portWasAsked });
  if (page.kind === 'port-taken') throw portTaken(context, page.port);
  doors.defer(() => page.close());
  await app.store.setFact(app.scope, 'console-url', page.url);
  const handle = answerLink(app, () => worker.wakeAll(), answering);
  const link = await serveLink(context, app, handle);
  if (link.kind === 'serving') doors.defer(() => link.close());
  else io.err(say(cliSentences.linkFailed, lang, { detail: link.kind === 'failed' ? link.message : 'busy' }));
  const isOpenToLogin = !isGoverned(await app.governance.operators());
  const password =
    administrator === null
      ? say(consoleMessages.printed, lang, { password: printed })
      : say(consoleMessages['printed-first'], lang, {
          password: printed,
          name: administrator.operator.name,
        });
  // Nothing but results may stand on stdout where it is read by a program.
  if (isOpenToLogin && line.switches.has('json')) io.err(password);
  if (!line.switches.has('json')) {
    io.out(say(cliSentences.consoleOpen, lang, { url: consoleAddress(app, page.url) }));
    if (isOpenToLogin) io.out(password);
    if (app.sandbox !== null) {
      const { timelineUrl, feedUrl } = app.sandbox;
      io.out(say(cliSentences.ownSandboxOpen, lang, { timeline: timelineUrl, feed: feedUrl }));
    }
  }
  return doors.move();
}

/** Eighty random bits: typed once, guessed never. */
const PRINTED_LETTERS = 20;

function grouped(password: string): string {
  return (password.match(/.{5}/gu) ?? []).join('-');
}

/** The worker before this one lets go of the lease first and of the socket a moment later: that moment is waited for. */
async function serveLink(context: CommandContext, app: OpenedApp, handle: LinkHandler): Promise<LinkServing> {
  const until = app.clock.bootMs() + edgeLimits.linkDrainMs * 2;
  for (;;) {
    const link = await context.edges.serveWorker(app.config.dataDir, handle);
    if (link.kind !== 'busy' || app.clock.bootMs() > until) return link;
    await app.clock.sleep(100, context.signal);
  }
}
