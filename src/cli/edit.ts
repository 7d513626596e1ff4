import { editPost } from '../app/edit-post.ts';
import { editMessages } from '../messages/edit.ts';
import { operatorSentences } from '../messages/operators.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { sayNotDone, wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';

/** Words a post anew before it goes out, as a new version that waits for approval. Exit 0 done, 2 no such post, 3 refused. */
export const edit: Command = {
  run(context) {
    const { io, lang, line } = context;
    const { reason, text } = line.texts;
    if (text === undefined) throw new UsageError(say(editMessages['text-missing'], lang));
    if (reason === undefined) throw new UsageError(say(operatorSentences.reasonMissing, lang));
    return withDecider(context, async (app) => {
      const result = await editPost(app, { id: line.id, by: operatorName(context), reason, text });
      switch (result.kind) {
        case 'missing':
        case 'refused':
          return sayNotDone(context, result);
        case 'edited': {
          const { before, entry } = result;
          const params = { id: before.id, version: entry.id, needed: entry.approvalsNeeded };
          io.out([say(editMessages.done, lang, params), entry.text].join('\n'));
          for (const why of sentencesOf(entry.reasons, lang)) io.err(`- ${why}`);
          await wakeWorker(context);
          return 0;
        }
      }
    });
  },
};
