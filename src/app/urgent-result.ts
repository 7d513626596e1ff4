import type { Mistaken } from '../compose/forced-fields.ts';
import type { composeMistakes } from '../messages/compose-mistakes.ts';
import { forcedNoticeMessages } from '../messages/forced-notice.ts';
import { sentencesOf } from '../messages/policy.ts';
import { say } from '../messages/sentence.ts';
import type { Entry } from '../outbox/entry.ts';
import { postAddress } from '../publish/post-address.ts';
import type { Topic } from '../classify/classification.ts';
import type { App } from './app.ts';
import { pauseOf, publishingStops } from './publishing-stops.ts';

/** What was typed cannot become a notice; nothing was recorded. */
export type Mistake = { kind: 'mistake'; message: string };

/** How a forced notice ended, as far as it is known. `entryId` null: nothing was recorded. */
export type UrgentResult =
  | { kind: 'published'; entryId: string; remoteId: string; url: string }
  | { kind: 'held' | 'refused'; entryId: string | null; messages: readonly string[] }
  | { kind: 'refused-by-x'; entryId: string; message: string }
  | { kind: 'unknown'; entryId: string; message: string }
  /** Recorded and queued, but the account waits (pause, throttling, X not reachable). */
  | { kind: 'waiting'; entryId: string; message: string }
  | Mistake;

/** What a person is told of the entry's state; null while X's answer is not known. */
export function resultOf(app: App, entry: Entry): UrgentResult | null {
  const entryId = entry.id;
  switch (entry.state) {
    case 'published': {
      const remoteId = entry.remoteId ?? '';
      return {
        kind: 'published',
        entryId,
        remoteId,
        url: postAddress(entry, app.config.x.apiUrl),
      };
    }
    case 'held':
    case 'refused':
      return { kind: entry.state, entryId, messages: sentencesOf(entry.reasons, app.config.operatorLang) };
    case 'rejected':
      return {
        kind: 'refused-by-x',
        entryId,
        message: speak(app, 'rejected', { id: entryId, detail: entry.note ?? '' }),
      };
    case 'cancelled':
    case 'expired':
    case 'withdrawing':
    case 'withdrawn':
      return { kind: 'refused', entryId, messages: [speak(app, 'withdrawn-meanwhile', { id: entryId })] };
    case 'queued':
    case 'attempting':
    case 'uncertain':
      return null;
  }
}

/** What they are told when nobody waits any longer. */
export function timeUp(app: App, entry: Entry): UrgentResult {
  if (entry.state === 'queued') {
    return {
      kind: 'waiting',
      entryId: entry.id,
      message: speak(app, 'not-reached', { id: entry.id, detail: entry.note ?? '' }),
    };
  }
  return {
    kind: 'unknown',
    entryId: entry.id,
    message: speak(app, 'unknown', { id: entry.id, detail: entry.note ?? '' }),
  };
}

/** What is wrong with what was typed. A field is named in the language of whoever types, whatever the language of the post. */
export function mistakeOf(
  { config }: App,
  { code, params }: Mistaken,
  sentences: typeof composeMistakes,
): Mistake {
  const { template = '', field = '' } = params;
  const { forced } = config.templates;
  // A template that was typed as `constructor` is none, whatever an object inherits.
  const named = Object.hasOwn(forced, template) ? forced[template]?.fields[field] : undefined;
  const own = named === undefined ? params : { ...params, label: named.label[config.operatorLang] };
  return { kind: 'mistake', message: say(sentences[code], config.operatorLang, own) };
}

/** Said before the question: what would keep the notice back, and how it goes out all the same. */
export async function whatPauses(app: App, topic: Topic): Promise<string[]> {
  const pause = pauseOf(await publishingStops(app, app.clock.now()), topic);
  return pause === null ? [] : [speak(app, 'would-wait', { by: pause.by, reason: pause.reason })];
}

/** A sentence on forced notices in the operators' language. */
export function speak(
  app: App,
  code: keyof typeof forcedNoticeMessages,
  params: Record<string, string>,
): string {
  return say(forcedNoticeMessages[code], app.config.operatorLang, params);
}
