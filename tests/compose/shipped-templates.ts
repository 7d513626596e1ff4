import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { templatesSchema, type Templates } from '../../src/compose/templates.ts';
import type { Item } from '../../src/feed/item.ts';

/** The templates that ship in config/, read once. */
export const shippedTemplates: Templates = templatesSchema.parse(
  parse(readFileSync(new URL('../../config/templates.yaml', import.meta.url), 'utf8')),
);

export const LINK = 'https://www.jpo.go.jp/news/koho/saigai/2026.html';

/** An item as the feed stage makes it, dated 4 January 2026, noon in Japan. */
export function itemOf(edit: Partial<Item>): Item {
  return {
    feed: 'jpo',
    id: 'https://www.jpo.go.jp/1',
    title: '令和8年台風第15号により影響を受けた手続の取扱いについて',
    url: LINK,
    publishedAt: Date.UTC(2026, 0, 4, 3),
    dateOnly: false,
    lang: 'ja',
    problems: [],
    ...edit,
  };
}
