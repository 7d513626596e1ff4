import { pausePublishing } from '../app/pauses.ts';
import { pauseSentences } from '../messages/pauses.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { reachOf, withoutFeed } from './pause-reach.ts';

/** Stops all publishing, or one topic, or what one feed brings, also of a worker that runs. Exit 2 where there is no such feed. */
export const pause: Command = {
  run(context) {
    const reach = reachOf(context);
    const spoken = { topic: reach.topic ?? '', feed: reach.feed ?? '' };
    return withDecider(withoutFeed(context), async (app) => {
      const reason = context.line.texts.reason ?? '';
      const result = await pausePublishing(app, { reach, by: operatorName(context), reason });
      if (result.kind === 'refused') {
        context.io.err(result.message);
        return 3;
      }
      if (result.kind === 'unknown-feed') {
        const known = result.known.join(', ');
        context.io.err(say(pauseSentences.unknownFeed, context.lang, { ...spoken, known }));
        return 2;
      }
      context.io.out(say(pauseSentences.paused, context.lang, spoken));
      await wakeWorker(context);
      return 0;
    });
  },
};
