import type { EpochMs, Lang } from '../feed/item.ts';
import { publishLimits } from '../limits/publishing.ts';
import { linkable } from './linkable.ts';
import { neutralise } from './neutralise.ts';
import { postDay } from './post-dates.ts';
import { postWeight } from './post-weight.ts';
import { render } from './render.ts';
import { shorten } from './shorten.ts';
import type { Templates } from './templates.ts';

/** The post that was wrong: `title` is what it announced, `postedAt` when it stood on the account first. */
export type WrongPost = { title: string; url: string | null; lang: Lang; postedAt: EpochMs | null };

const QUOTED_MIN = 4;

/** The part of a correction that repeats the wrong post's title, as far as it was not shortened; '' where none does. */
export function quotedTitle(text: string, title: string): string {
  const words = neutralise(title);
  for (let length = words.length; length >= QUOTED_MIN; length -= 1) {
    const begins = words.slice(0, length);
    if (text.includes(begins)) return begins;
  }
  return '';
}

/** The text that takes a wrong post back, title shortened until the whole fits; null where the templates have no wording for it. */
export function composeCorrection(wrong: WrongPost, templates: Templates): string | null {
  const wording = templates.correction?.[wrong.lang];
  if (wording === undefined) return null;
  const values = {
    url: wrong.url === null ? null : linkable(wrong.url),
    original: wrong.postedAt === null ? null : postDay(wrong.postedAt, wrong.lang),
  };
  const fill = (title: string): string => render(wording, { ...values, title });
  return fill(
    shorten(neutralise(wrong.title), (title) => postWeight(fill(title)) <= publishLimits.weightMax).text,
  );
}
