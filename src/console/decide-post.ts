import { inTurn } from '../app/in-turn.ts';
import { act } from '../app/operator-actions.ts';
import { resolveEntry } from '../app/resolve-entry.ts';
import { remoteIdIn } from '../publish/post-address.ts';
import { mayDo } from '../governance/permissions.ts';
import { consoleMessages } from '../messages/console.ts';
import { evidenceMessages } from '../messages/console-evidence.ts';
import { postMessages } from '../messages/console-post.ts';
import { say } from '../messages/sentence.ts';
import { stateNames } from '../messages/states.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import { answerOnce } from './answer-once.ts';
import { DECISIONS } from './decide-forms.ts';
import { reasonOf } from './reason.ts';
import type { Notice } from './sessions.ts';
import { who } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** POST /posts/ID/decide */
export function takeDecision(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  return onPost(parts, c, async (id, reason) => {
    const kind = DECISIONS.find((one) => one === field(c, 'act'));
    if (kind === undefined) return refusal(c, id);
    const result = await act(app, { kind, id, reason, ...who(c.get('session')) });
    parts.knock();
    return told(c, id, result);
  });
}

/** What a person can say of a post that nobody knows about; without a word of theirs nothing is resolved. */
const OUTCOMES = ['published', 'not-published'] as const;

/** POST /posts/ID/resolve: a person says what looking could not find out. */
export function takeResolution(parts: ConsoleParts, c: Visitor): Promise<Response> {
  const lang = c.get('lang');
  const app = speaking(parts.app, lang);
  return onPost(parts, c, async (id, reason) => {
    if (!mayDo(c.get('session').roles, 'resolve')) return refusal(c, id);
    const said = OUTCOMES.find((one) => one === field(c, 'outcome'));
    if (said === undefined)
      return { tone: 'warning', text: say(consoleMessages['form-broken'], lang), to: `/posts/${id}` };
    const wasPublished = said === 'published';
    const chosen = field(c, 'found');
    if (!wasPublished && chosen !== '')
      return { tone: 'warning', text: say(evidenceMessages.contradiction, lang), to: `/posts/${id}` };
    // What was typed is newer than what was chosen in the list: nobody can take a choice back there.
    const named = field(c, 'remote').trim() === '' ? chosen : field(c, 'remote');
    const remoteId = remoteIdIn(named);
    if (wasPublished && remoteId === null)
      return { tone: 'warning', text: say(postMessages['remote-id-needed'], lang), to: `/posts/${id}` };
    const outcome =
      wasPublished && remoteId !== null
        ? ({ kind: 'published', remoteId } as const)
        : ({ kind: 'not-published' } as const);
    const result = await resolveEntry(app, { id, reason, outcome, ...who(c.get('session')) }, parts.signal);
    parts.knock();
    return told(c, id, result);
  });
}

/**
 * Does something to the post, once, one person after another, and only if it is still as the person saw it: who comes second is told
 * what the first one did.
 */
export function onPost(
  parts: ConsoleParts,
  c: Visitor,
  work: (id: string, reason: string) => Promise<Notice>,
): Promise<Response> {
  const { app } = parts;
  const lang = c.get('lang');
  const id = c.req.param('id') ?? '';
  return answerOnce(c, () =>
    inTurn(parts, async () => {
      const entry = await app.store.find(id);
      if (entry === null) return { tone: 'warning', text: say(postMessages.missing, lang), to: '/' };
      const to = `/posts/${entry.id}`;
      const reason = reasonOf(c);
      if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to };
      if (String(entry.revision) !== field(c, 'revision')) {
        const last = (await app.store.history(entry.id)).at(-1);
        const params = {
          state: say(stateNames[entry.state], lang),
          by: last?.by ?? entry.by,
          at: tokyoTime(last?.at ?? entry.createdAt, lang),
          reason: last?.reason ?? '',
        };
        return { tone: 'warning', text: say(postMessages.overtaken, lang, params), to };
      }
      return work(entry.id, reason);
    }),
  );
}

type Result =
  | { kind: 'done'; entry: { state: keyof typeof stateNames } }
  | { kind: 'refused'; message: string }
  | { kind: 'missing' };

function told(c: Visitor, id: string, result: Result): Notice {
  const lang = c.get('lang');
  const to = `/posts/${id}`;
  switch (result.kind) {
    case 'done': {
      const state = say(stateNames[result.entry.state], lang);
      return { tone: 'done', text: say(postMessages['done-act'], lang, { state }), to };
    }
    case 'refused':
      return { tone: 'warning', text: result.message, to };
    case 'missing':
      return { tone: 'warning', text: say(postMessages.missing, lang), to: '/' };
  }
}

function refusal(c: Visitor, id: string): Notice {
  return { tone: 'warning', text: say(consoleMessages['not-allowed'], c.get('lang')), to: `/posts/${id}` };
}
