import { resumePublishing } from '../app/operator-actions.ts';
import { cliSentences } from '../messages/cli.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';

/** Ends a pause; where there was none, says so. Both are done. */
export const resume: Command = {
  run: (context) =>
    withDecider(context, async (app) => {
      const resumed = await resumePublishing(app, operatorName(context), context.line.texts.reason ?? '');
      context.io.out(say(resumed ? cliSentences.resumed : cliSentences.notPaused, context.lang));
      await wakeWorker(context);
      return 0;
    }),
};
