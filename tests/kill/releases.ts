import type { Chance } from './chance.ts';

/** An announcement as the feed carries it. */
export type Release = { title: string; url: string; at: number };

/** Titles whose posts X shows differently from how they were sent: entities, addresses made harmless, emoji, cut ends, English. */
const SHAPES: readonly ((n: number) => string)[] = [
  (n) => `「商標審査便覧」を改訂しました(第${n}版)`,
  (n) => `Q&A <特許> "${n}" を公開しました`,
  (n) => `詳しくは example.com を御覧ください(その${n})`,
  (n) => `🎌 広報誌「とっきょ」第${n}号を発行しました`,
  (n) => `${'特許出願等統計速報の公表時期の変更に関するお知らせ、'.repeat(9)}第${n}回`,
  (n) => `JPO Publishes Statistical Report No. ${n} & Its Annex`,
  (n) => `@someone さんの講演を含む説明会(第${n}回)の開催について`,
];

/** The announcements of one world, and the feed that they stand in. Every one is new: nothing about it resembles another. */
export class Releases {
  readonly all: Release[] = [];

  add(chance: Chance): Release {
    const n = this.all.length + 1;
    const at = Date.now();
    const urgent = chance.happens(0.3);
    const title = urgent
      ? `令和8年第${n}号台風により影響を受けた手続の取扱いについて`
      : chance.pick(SHAPES)(n);
    const path = urgent ? 'news/koho/saigai' : 'news/koho';
    const release = { title, url: `https://www.jpo.go.jp/${path}/n${n}.html`, at };
    this.all.push(release);
    return release;
  }

  /** An RSS document of all of them, newest first. */
  document(): string {
    const items = this.all.map(
      ({ title, url, at }) =>
        `<item><title>${escaped(title)}</title><link>${url}</link><guid>${url}</guid><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>t</title><link>https://www.jpo.go.jp/</link><description>d</description>${items.toReversed().join('')}</channel></rss>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
