import { parseLimits } from '../limits/intake.ts';
import { nothingBut } from './raw-item.ts';
import type { ParseProblem, RawFeed, RawItem } from './raw-item.ts';

/** Reads JSON Feed 1.x (jsonfeed.org). Never throws. */
export function parseJsonFeed(text: string): RawFeed {
  const feed = parsed(text);
  if (!isObject(feed) || !Array.isArray(feed['items']))
    return nothingBut('not-a-feed', text.trim().slice(0, 80));
  const objects = feed['items'].filter(isObject);
  const problems: ParseProblem[] =
    objects.length > parseLimits.itemsMax
      ? [{ code: 'too-many', detail: `items > ${parseLimits.itemsMax}` }]
      : [];
  return {
    items: objects.slice(0, parseLimits.itemsMax).map(rawItem),
    problems,
    lastBuildDate: null,
    ttlMs: null,
    truncated: false,
  };
}

function rawItem(item: Record<string, unknown>): RawItem {
  const texts = (...names: string[]): string[] =>
    names
      .map((name) => item[name])
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map((value) =>
        String(value)
          .slice(0, parseLimits.titleCharsMax + 1)
          .trim(),
      )
      .filter((value) => value !== '');
  return {
    titles: texts('title'),
    links: texts('url', 'external_url').map((href) => ({ href, base: null })),
    ids: texts('id'),
    dates: texts('date_published', 'date_modified'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A document of somebody else's making: that it is no JSON is an answer, not an error.
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
