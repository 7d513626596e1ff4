import { pausePublishing } from '../app/operator-actions.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';

/** Stops all publishing, also of a worker that runs. */
export const pause: Command = {
  run: (context) =>
    withDecider(context, async (app) => {
      await pausePublishing(app, operatorName(context), context.line.texts.reason ?? '');
      context.io.out(say(cliSentences.paused, context.lang));
      await wakeWorker(context);
      return 0;
    }),
};
