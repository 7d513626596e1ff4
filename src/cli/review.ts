import { reviewPost } from '../app/review-post.ts';
import { operatorSentences } from '../messages/operators.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';

/** A second person has looked at a notice that one person forced alone. Exit 0 done, 2 nothing to review, 3 refused. */
export const review: Command = {
  run(context) {
    const { io, lang, line } = context;
    const { reason } = line.texts;
    if (reason === undefined) throw new UsageError(say(operatorSentences.reasonMissing, lang));
    return withDecider(context, async (app) => {
      const by = operatorName(context);
      const end = await reviewPost(app, { id: line.id, by, reason });
      switch (end.kind) {
        case 'reviewed':
          io.out(say(operatorSentences.reviewed, lang, { id: line.id, by }));
          return 0;
        case 'own':
          io.err(say(operatorSentences.reviewOwn, lang, { id: line.id }));
          return 3;
        case 'none':
          io.err(say(operatorSentences.reviewNone, lang, { id: line.id }));
          return 2;
        case 'refused':
          io.err(end.message);
          return 3;
      }
    });
  },
};
