import type { Topic } from '../classify/classification.ts';
import type { FollowUpKind } from '../classify/follow-up.ts';
import type { EpochMs, Item, Lang } from '../feed/item.ts';
import { publishLimits } from '../limits/publishing.ts';
import { composeLimits } from '../limits/words.ts';
import type { Draft, DraftSource } from './draft.ts';
import { readFields, type Mistaken } from './forced-fields.ts';
import { linkable } from './linkable.ts';
import { neutralise } from './neutralise.ts';
import { postDay, postMoment } from './post-dates.ts';
import { postWeight } from './post-weight.ts';
import { render } from './render.ts';
import { shorten } from './shorten.ts';
import type { AnnouncementName, Templates } from './templates.ts';

/** What an announcement is made of. `update` is set where it tells that an earlier announcement was changed. */
export type ComposeRequest = {
  item: Item;
  /** An item under review is composed as `main`: that template carries no mark that could be wrong. */
  topic: Topic;
  templates: Templates;
  now: EpochMs;
  update?: { of: { publishedAt: EpochMs | null }; at: EpochMs };
  /** Set where a new page follows an earlier announcement; `of` is null where that one is not known. */
  followUp?: {
    kind: FollowUpKind;
    number: number | null;
    of: { publishedAt: EpochMs | null } | null;
    at: EpochMs;
  };
};

/** What a person types to force an urgent notice: the text itself, or a template's name with its fields. */
export type ForcedRequest =
  | { text: string; url: string | null; lang: Lang }
  | { template: string; fields: Readonly<Record<string, string>>; url: string | null; lang: Lang };

export type ForcedResult = { kind: 'draft'; draft: Draft } | Mistaken;

/**
 * The post for an item: title made harmless and shortened until the whole weighs at most 280, link whole. Never
 * throws. Where the item has no link the line with it is left out, and policy decides what becomes of the draft.
 */
export function compose({ item, topic, templates, update, followUp }: ComposeRequest): Draft {
  const { announcements } = templates;
  const told = update ?? followUp;
  const follows: AnnouncementName = `${topic}-follow-up`;
  const fresh = followUp === undefined || announcements[follows] === undefined ? topic : follows;
  const template: AnnouncementName = update === undefined ? fresh : `${topic}-update`;
  const wording = (announcements[template] ?? announcements[topic])[item.lang];
  const url = item.url === null ? null : linkable(item.url);
  const originalAt = told?.of?.publishedAt ?? null;
  const values = {
    url,
    date: item.publishedAt === null ? null : postDay(item.publishedAt, item.lang),
    update: told === undefined ? null : postMoment(told.at, item.lang),
    original: originalAt === null ? null : postDay(originalAt, item.lang),
    mark: followUp === undefined ? null : markOf(followUp, templates, item.lang),
  };
  const fill = (title: string): string => render(wording, { ...values, title: neutralise(title) });
  const fits = (title: string): boolean => postWeight(fill(title)) <= publishLimits.weightMax;
  const title = shorten(withoutRepeatedMark(neutralise(item.title), wording, values.mark), fits);
  const text = fill(title.text);
  return {
    topic,
    lang: item.lang,
    text,
    weight: postWeight(text),
    weightMax: publishLimits.weightMax,
    url,
    template,
    shortened: title.shortened,
    source: sourceOf(item, title.text),
  };
}

/**
 * The post that a person forces. What they typed is kept as it is, but for NFC and line ends; what is wrong with it is
 * said, here or by policy, and never mended silently. The link is added on a last line where the text does not hold it.
 */
export function composeForced(request: ForcedRequest, templates: Templates, _now: EpochMs): ForcedResult {
  const { lang } = request;
  if (request.url !== null && !isAddress(request.url)) {
    const value = request.url.slice(0, composeLimits.fieldMax).replaceAll(UNSEEN, ' ');
    return { kind: 'mistake', code: 'link-not-an-address', params: { value } };
  }
  const url = request.url === null ? null : linkable(request.url);
  if (!('template' in request)) {
    const typed = request.text.replace(/\r\n?/gu, '\n').trim().normalize('NFC');
    if (typed === '') return { kind: 'mistake', code: 'text-empty', params: {} };
    const text = url === null || holdsLink(typed, url) ? typed : `${typed}\n${url}`;
    return { kind: 'draft', draft: forcedDraft(text, url, lang, 'text') };
  }
  const name = request.template;
  const template = Object.hasOwn(templates.forced, name) ? templates.forced[name] : undefined;
  if (template === undefined) {
    const known = Object.keys(templates.forced).join(', ');
    return { kind: 'mistake', code: 'template-unknown', params: { template: name, known } };
  }
  const read = readFields(name, template, request.fields, lang);
  if (read.kind === 'mistake') return read;
  const text = render(template[lang], { ...read.values, url });
  return { kind: 'draft', draft: forcedDraft(text, url, lang, name) };
}

function markOf(
  { kind, number }: NonNullable<ComposeRequest['followUp']>,
  { marks }: Templates,
  lang: Lang,
): string {
  if (kind !== 'report') return marks[kind][lang];
  return number === null
    ? marks['unnumbered-report'][lang]
    : marks.report[lang].replaceAll('{number}', String(number));
}

/** What stands before the title already (【重要】, or 【訂正】 where the template's {mark} says it) is not said twice. */
function withoutRepeatedMark(title: string, wording: string, mark: string | null): string {
  const line = wording.split('\n').find((one) => one.includes('{title}')) ?? '';
  const before = line.slice(0, line.indexOf('{title}')).trim();
  const rest = before !== '' && title.startsWith(before) ? title.slice(before.length).trim() : title;
  if (mark === null || !before.includes('{mark}')) return rest;
  const [, said = '', after = ''] =
    /^[【[（(［]\s*([^】\])）］]{1,20})\s*[】\])）］]\s*(.+)$/u.exec(rest) ?? [];
  return said !== '' && mark.toLowerCase().includes(said.toLowerCase()) ? after : rest;
}

/** A title of which nothing readable is left must not go out as a bare link, so it blocks like a missing one. */
function sourceOf(item: Item, composedTitle: string): DraftSource {
  const problems = item.problems.map(({ code, detail, blocking }) => ({ code, detail, blocking }));
  const empty = !/[\p{L}\p{N}]/u.test(composedTitle);
  const known = problems.some(({ code }) => code === 'title-missing');
  const missing = {
    code: 'title-missing',
    detail: item.title.slice(0, composeLimits.fieldMax),
    blocking: true,
  };
  return {
    feed: item.feed,
    itemId: item.id,
    title: item.title,
    url: item.url,
    publishedAt: item.publishedAt,
    problems: empty && !known ? [...problems, missing] : problems,
  };
}

function forcedDraft(text: string, url: string | null, lang: Lang, template: string): Draft {
  const weight = postWeight(text);
  const { weightMax } = publishLimits;
  return { topic: 'urgent', lang, text, weight, weightMax, url, template, shortened: false, source: null };
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Whether it was an address that was typed: what is invisible in it would lead to a page that nobody looked at. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}\p{Cf}]+$/iu.test(url) && URL.canParse(url);
}

/** Is this very link in the text, and not only the beginning of a longer one? */
function holdsLink(text: string, url: string): boolean {
  const at = text.indexOf(url);
  return at !== -1 && !/[!-~]/u.test(text[at + url.length] ?? '');
}
