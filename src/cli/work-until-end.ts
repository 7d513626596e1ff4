import { runWorker, type Worker, type WorkerEnd } from '../app/run-worker.ts';
import { createConsole } from '../console/create-console.ts';
import { serveConsole } from '../console/serve-console.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import { answerLink } from './answer-link.ts';
import type { CommandContext, ExitCode, OpenedApp } from './command.ts';
import { UsageError } from './usage-error.ts';
import { sayPublished } from './published.ts';
import { portTaken } from './sandbox.ts';

/** What the worker opens beside its loops, and how to close it. */
type Opened = { close(): Promise<void> };

/** Runs the worker with its status page and its socket until the signal, and closes all three in order. */
export async function workUntilEnd(context: CommandContext, app: OpenedApp): Promise<ExitCode> {
  const broken = new AbortController();
  // Requests of the command line are answered until the loops have ended, so that they hear how the post in flight ended.
  const answering = new AbortController();
  const opening: Promise<Opened>[] = [];
  let failure: unknown = null;
  const onReady = (worker: Worker): void => {
    const open = openDoors(context, app, worker, answering.signal);
    opening.push(open);
    open.catch((error: unknown) => {
      failure = error;
      broken.abort();
    });
  };
  let end: WorkerEnd;
  try {
    end = await runWorker(app, {
      signal: AbortSignal.any([context.signal, broken.signal]),
      onReady,
      onPost: (entry) => sayPublished(context, entry),
    });
  } finally {
    answering.abort();
    for (const door of await Promise.allSettled(opening))
      if (door.status === 'fulfilled') await door.value.close();
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
  worker: Worker,
  answering: AbortSignal,
): Promise<Opened> {
  const { io, lang, edges } = context;
  const { port, portWasAsked } = app.config.console;
  const page = await serveConsole(createConsole(app), { port, wasAsked: portWasAsked });
  if (page.kind === 'port-taken') throw portTaken(context, page.port);
  await app.store.setFact(app.scope, 'console-url', page.url);
  const link = await edges.serveWorker(
    app.config.dataDir,
    answerLink(app, () => worker.wakeAll(), answering),
  );
  if (link.kind !== 'serving') {
    const detail = link.kind === 'failed' ? link.message : 'another worker listens';
    io.err(say(cliSentences.linkFailed, lang, { detail }));
  }
  if (!context.line.switches.has('json')) {
    io.out(say(cliSentences.consoleOpen, lang, { url: page.url }));
    const { sandbox } = app;
    if (sandbox !== null)
      io.out(
        say(cliSentences.ownSandboxOpen, lang, { timeline: sandbox.timelineUrl, feed: sandbox.feedUrl }),
      );
  }
  return {
    async close() {
      if (link.kind === 'serving') await link.close();
      await page.close();
    },
  };
}
