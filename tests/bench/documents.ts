/** A feed as offices have it: so many items of nearly a kilobyte. */
export function rssOf(items: number): string {
  const body = '特許庁は、制度の利用者に向けた説明会を全国で開催します。'.repeat(8);
  const one = (n: number): string =>
    `<item><title>令和8年度 知的財産権制度説明会（第${n}回）の開催について</title><link>https://www.jpo.go.jp/news/${n}.html</link>` +
    `<guid>https://www.jpo.go.jp/news/${n}.html</guid><pubDate>Thu, 01 Oct 2026 14:00:00 +0900</pubDate><description>${body}</description></item>`;
  const rows = Array.from({ length: items }, (_, n) => one(n)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>新着情報</title>${rows}</channel></rss>`;
}
