import type { Item } from '../../src/feed/item.ts';
import type { RunOptions } from './options.ts';
import type { Random } from './random.ts';

/** How the corrections of the run's operators begin; a restored copy of the store may have forgotten their entries. */
export const CORRECTION_BEGINS = '先ほどの投稿';

/** The announcements of a run, with the time at which the feed shows each. About a third are urgent. */
export function itemsOf(
  options: RunOptions,
  wallBase: number,
  random: Random,
): { releasedAt: number; item: Item }[] {
  return Array.from({ length: options.items }, (_, index) => {
    const releasedAt = index === 0 ? 0 : random.between(0, options.releaseWithinMs);
    const number = String(index + 1);
    const urgent = random.chance(0.35);
    const title = urgent
      ? `令和8年第${number}号豪雨により影響を受けた手続の取扱いについて`
      : `審査基準の改訂（第${number}号）を公表しました`;
    const url = `https://www.jpo.go.jp/news/${urgent ? 'koho/saigai/' : ''}2026-${number}.html`;
    const item: Item = {
      feed: 'simulated',
      id: url,
      title,
      url,
      publishedAt: wallBase + releasedAt,
      dateOnly: false,
      lang: 'ja',
      problems: [],
    };
    return { releasedAt, item };
  }).toSorted((a, b) => a.releasedAt - b.releasedAt);
}
