import { approvalsNow } from '../app/approvals-now.ts';
import { act, type Act } from '../app/operator-actions.ts';
import { cliSentences } from '../messages/cli.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import type { Entry } from '../outbox/entry.ts';
import type { Command, CommandContext } from './command.ts';
import { sayNotDone, wakeWorker, withDecider } from './open-app.ts';
import { operatorName } from './operator-settings.ts';

/** A person's decision on one post. Exit 0 done, 2 no such post, 3 refused. */
export function actOnEntry(kind: Act['kind']): Command {
  return {
    run: (context) =>
      withDecider(context, async (app) => {
        const request = {
          kind,
          id: context.line.id,
          by: operatorName(context),
          reason: context.line.texts.reason ?? '',
        };
        const result = await act(app, request);
        switch (result.kind) {
          case 'missing':
          case 'refused':
            return sayNotDone(context, result);
          case 'done':
            context.io.out(sentenceOf(context, kind, approvalsNow(app, result.entry)));
            await wakeWorker(context);
            return 0;
        }
      }),
  };
}

function sentenceOf({ lang }: CommandContext, kind: Act['kind'], entry: Entry): string {
  const done = say(cliSentences.done, lang, { id: entry.id, state: say(stateNames[entry.state], lang) });
  if (kind !== 'approve' || entry.state !== 'held') return done;
  const why = sentencesOf(entry.reasons, lang).map((reason) => `- ${reason}`);
  return [say(cliSentences.stillHeld, lang, { id: entry.id }), ...why].join('\n');
}
