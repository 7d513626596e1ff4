/** What a feed offers. `guid` is the item's own id; `publishedAt` in epoch milliseconds. */
export type FeedItem = { guid: string; title: string; url: string; publishedAt: number; lang: 'ja' | 'en' };
