import { html } from 'hono/html';
import { pausePublishing, resumePublishing, type Reach } from '../app/pauses.ts';
import type { Status } from '../app/read-status.ts';
import { boardMessages } from '../messages/console-board.ts';
import { postMessages } from '../messages/console-post.ts';
import { pauseReach } from '../messages/pauses.ts';
import { say } from '../messages/sentence.ts';
import { tokyoTime } from '../messages/tokyo-time.ts';
import type { Stop } from '../outbox/outbox-store.ts';
import { EVERYTHING } from '../outbox/stops.ts';
import { answerOnce, formKey } from './answer-once.ts';
import { speaker, type Markup } from './layout.ts';
import { reasonOf } from './reason.ts';
import { who } from './sign-in.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** The end of every pause, and a pause of everything where there is none; folded, because nobody should hit it by chance. */
export function pauseForms(parts: ConsoleParts, c: Visitor, stops: Status['stops']): Markup {
  const pauses = stops.filter(({ kind }) => kind === 'pause');
  const isWhole = pauses.some(({ topic, feed }) => topic === null && feed === null);
  return html`${pauses.map((pause, index) => pauseForm(parts, c, { act: 'resume', reach: pause, since: pause.since, index }))}
  ${isWhole ? '' : pauseForm(parts, c, { act: 'pause', reach: EVERYTHING, index: pauses.length })}`;
}

function pauseForm(
  parts: ConsoleParts,
  c: Visitor,
  {
    act,
    reach,
    since = null,
    index,
  }: { act: 'pause' | 'resume'; reach: Reach; since?: string | null; index: number },
): Markup {
  const lang = c.get('lang');
  const t = speaker(boardMessages, lang);
  const { topic, feed } = reach;
  const isWhole = topic === null && feed === null;
  const words = isWhole ? t(act) : t('resume-part', { topic: topic ?? '', feed: feed ?? '' });
  return html`<details>
    <summary>${words}</summary>
    <form method="post" action="/${act}">
      <p>${t(`${act}-does`)}</p>
      <input type="hidden" name="csrf" value="${c.get('session').csrf}" />
      <input type="hidden" name="key" value="${formKey(parts)}" />
      ${topic === null ? '' : html`<input type="hidden" name="topic" value="${topic}" />`}
      ${feed === null ? '' : html`<input type="hidden" name="feed" value="${feed}" />`}
      ${act === 'resume' ? html`<input type="hidden" name="since" value="${since}" />` : ''}
      ${act === 'pause' ? reachChoice(parts, c, `pause-what-${String(index)}`) : ''}
      <label for="pause-reason-${index}">${t('reason')}</label>
      <input id="pause-reason-${index}" name="reason" required maxlength="500" />
      <button>${words}</button>
    </form>
  </details>`;
}

/** Everything, the posts of one kind, or what one feed brings. */
function reachChoice({ app }: ConsoleParts, c: Visitor, id: string): Markup {
  const lang = c.get('lang');
  const reaches: readonly (readonly [string, { topic: string; feed: string }])[] = [
    ['', { topic: '', feed: '' }],
    ...(['main', 'urgent'] as const).map((topic) => [`topic:${topic}`, { topic, feed: '' }] as const),
    ...app.config.feeds.map(({ name }) => [`feed:${name}`, { topic: '', feed: name }] as const),
  ];
  return html`<label for="${id}">${say(boardMessages['pause-what'], lang)}</label>
    <select id="${id}" name="reach">
      ${reaches.map(([value, reach]) => html`<option value="${value}">${say(pauseReach, lang, reach)}</option>`)}
    </select>`;
}

/** What was chosen to be paused; what is no choice any more is a pause of everything, which only stops more. */
function chosenReach({ app }: ConsoleParts, c: Visitor): Reach {
  const chosen = field(c, 'reach');
  const topic = (['main', 'urgent'] as const).find((one) => chosen === `topic:${one}`) ?? null;
  const feed = app.config.feeds.find(({ name }) => chosen === `feed:${name}`)?.name ?? null;
  return { topic, feed };
}

/** The standing pause whose end is asked for, by its reach; one that names neither topic nor feed is of everything. */
async function pauseAsked({ app }: ConsoleParts, c: Visitor): Promise<Stop | undefined> {
  const isAsked = ({ kind, topic, feed }: Stop): boolean =>
    kind === 'pause' && (topic ?? '') === field(c, 'topic') && (feed ?? '') === field(c, 'feed');
  return (await app.store.stops(app.scope)).find(isAsked);
}

/** POST /pause */
export function takePause(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return answerOnce(c, async () => {
    const lang = c.get('lang');
    const reason = reasonOf(c);
    if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to: '/' };
    const reach = chosenReach(parts, c);
    const request = { reach, reason, ...who(c.get('session')) };
    const result = await pausePublishing(speaking(parts.app, lang), request);
    if (result.kind === 'refused') return { tone: 'warning', text: result.message, to: '/' };
    if (result.kind === 'unknown-feed') throw new Error('a feed of the settings is not known');
    const isWhole = reach.topic === null && reach.feed === null;
    const params = { topic: reach.topic ?? '', feed: reach.feed ?? '' };
    const text = say(boardMessages[isWhole ? 'pause-done' : 'pause-done-part'], lang, params);
    return { tone: 'done', text, to: '/' };
  });
}

/** POST /resume: ends the pause that the person saw, and no other that was set in its place since. */
export function takeResume(parts: ConsoleParts, c: Visitor): Promise<Response> {
  return answerOnce(c, async () => {
    const lang = c.get('lang');
    const reason = reasonOf(c);
    if (reason === null) return { tone: 'warning', text: say(postMessages['reason-needed'], lang), to: '/' };
    const pause = await pauseAsked(parts, c);
    if (pause === undefined)
      return { tone: 'warning', text: say(boardMessages['resume-none'], lang), to: '/' };
    const since = new Date(pause.since).toISOString();
    if (since !== field(c, 'since')) {
      const params = { by: pause.by, reason: pause.reason, since: tokyoTime(pause.since, lang) };
      return { tone: 'warning', text: say(boardMessages['resume-overtaken'], lang, params), to: '/' };
    }
    const reach = { topic: pause.topic, feed: pause.feed };
    const result = await resumePublishing(speaking(parts.app, lang), {
      reach,
      reason,
      ...who(c.get('session')),
    });
    parts.knock();
    const text = result.refused ?? say(boardMessages[result.ended ? 'resume-done' : 'resume-none'], lang);
    return { tone: result.ended ? 'done' : 'warning', text, to: '/' };
  });
}
