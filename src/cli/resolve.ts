import { resolveEntry, type Resolution } from '../app/resolve-entry.ts';
import { resolveSentences } from '../messages/cli-resolve.ts';
import { say } from '../messages/sentence.ts';
import { postAddress, remoteIdIn } from '../publish/post-address.ts';
import type { Command, CommandContext } from './command.ts';
import { sayNotDone, wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';
import { UsageError } from './usage-error.ts';

/** A person ends a doubt that looking could not end. Exit 0 done, 2 no such post or wrong usage, 3 refused. */
export const resolve: Command = {
  run: (context) => {
    const { lang, io, line } = context;
    const outcome = readOutcome(context);
    const { reason } = line.texts;
    if (reason === undefined) throw new UsageError(say(resolveSentences.reasonMissing, lang));
    return withDecider(context, async (app) => {
      const request = { id: line.id, by: operatorName(context), reason, outcome };
      const result = await resolveEntry(app, request, context.signal);
      switch (result.kind) {
        case 'missing':
        case 'refused':
          return sayNotDone(context, result);
        case 'done': {
          const { id } = result.entry;
          const url = postAddress(result.entry, app.config.x.apiUrl);
          const sentence = resolveSentences[outcome.kind === 'published' ? 'published' : 'notPublished'];
          io.out(say(sentence, lang, { id, url }));
          await wakeWorker(context);
          return 0;
        }
      }
    });
  },
};

/** The post's id may be typed alone or as the whole address, which is what a person has at hand. */
function readOutcome({ line, lang }: CommandContext): Resolution['outcome'] {
  const { published } = line.texts;
  const notPublished = line.switches.has('not-published');
  if ((published === undefined) !== notPublished) throw new UsageError(say(resolveSentences.oneOfTwo, lang));
  if (published === undefined) return { kind: 'not-published' };
  return { kind: 'published', remoteId: remoteIdIn(published) ?? published };
}
