import { resumePublishing } from '../app/pauses.ts';
import { pauseSentences } from '../messages/pauses.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Command } from './command.ts';
import { wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { reachOf, withoutFeed } from './pause-reach.ts';

/** Ends the pause of the reach that is named; where there was none, says so. Both are done. Pauses that remain are shown. */
export const resume: Command = {
  run(context) {
    const { io, lang } = context;
    const reach = reachOf(context);
    const spoken = { topic: reach.topic ?? '', feed: reach.feed ?? '' };
    return withDecider(withoutFeed(context), async (app) => {
      const reason = context.line.texts.reason ?? '';
      const result = await resumePublishing(app, { reach, by: operatorName(context), reason });
      const { ended, left, refused } = result;
      if (refused !== null) {
        io.err(refused);
        return 3;
      }
      io.out(say(ended ? pauseSentences.resumed : pauseSentences.notPaused, lang, spoken));
      for (const { topic, feed, by, since, reason: why } of left) {
        const params = {
          topic: topic ?? '',
          feed: feed ?? '',
          by,
          reason: why,
          since: tokyoTime(since, lang),
        };
        io.out(say(pauseSentences.stillPaused, lang, params));
      }
      await wakeWorker(context);
      return 0;
    });
  },
};
