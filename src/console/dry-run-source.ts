import { previewDocument, previewFeeds, type PreviewResult } from '../app/preview.ts';
import { DEFAULTS } from '../config.ts';
import type { FeedConfig } from '../feed/feed-config.ts';
import { consoleLimits } from '../limits/edges.ts';
import { field, speaking, type ConsoleParts, type Visitor } from './visit.ts';

/** A dry run that was asked for: nothing yet, what it found, or why it was not begun. */
export type DryRun =
  | { kind: 'none' }
  | { kind: 'done'; result: PreviewResult }
  | { kind: 'mistake'; code: 'dry-address-form' | 'dry-stored-gone' | 'dry-pasted-long' };

/** Runs on what the visitor chose: a pasted document, one that was kept, an address, or a configured feed. */
export async function dryRunOf({ app: plain, signal }: ConsoleParts, c: Visitor): Promise<DryRun> {
  const app = speaking(plain, c.get('lang'));
  const { feeds } = app.config;
  const named = (name: string): FeedConfig | undefined => feeds.find((feed) => feed.name === name);
  if (c.req.method === 'POST') {
    const pasted = field(c, 'document');
    if (pasted.length > consoleLimits.pastedMax) return { kind: 'mistake', code: 'dry-pasted-long' };
    const bytes = new TextEncoder().encode(pasted);
    const feed = named(field(c, 'feed')) ?? typedFeed('https://pasted.invalid/', '—');
    const finalUrl = feed.location.kind === 'url' ? feed.location.url : null;
    const document = { bytes, contentType: null, finalUrl, readAt: app.clock.now() };
    return { kind: 'done', result: await previewDocument(app, feed, document) };
  }
  const stored = c.req.query('stored') ?? '';
  if (stored !== '') {
    const at = stored.lastIndexOf('@');
    const feed = named(stored.slice(0, at));
    const readAt = Number(stored.slice(at + 1));
    const document = feed === undefined ? null : await app.documents.find(app.scope, feed.name, readAt);
    if (feed === undefined || document === null) return { kind: 'mistake', code: 'dry-stored-gone' };
    return { kind: 'done', result: await previewDocument(app, feed, document) };
  }
  const address = (c.req.query('address') ?? '').trim();
  const isAddress = /^https?:\/\//iu.test(address) && URL.canParse(address);
  if (address !== '' && !isAddress) return { kind: 'mistake', code: 'dry-address-form' };
  const feed = isAddress ? typedFeed(address, new URL(address).hostname) : named(c.req.query('feed') ?? '');
  if (feed === undefined) return { kind: 'none' };
  const config = { ...app.config, feeds: [{ ...feed, enabled: true }] };
  const over = AbortSignal.any([signal, c.req.raw.signal, AbortSignal.timeout(consoleLimits.dryRunMs)]);
  return { kind: 'done', result: await previewFeeds({ ...app, config }, over) };
}

/** A feed of an address that somebody typed: it may not lead into the office's own network. */
function typedFeed(url: string, name: string): FeedConfig {
  const { pollIntervalMs, longestSilenceMs, burst } = DEFAULTS.feed;
  return {
    name,
    kind: 'feed',
    location: { kind: 'url', url },
    enabled: true,
    lang: null,
    pollIntervalMs,
    longestSilenceMs,
    titleIncludes: [],
    selectors: null,
    allowPrivateAddress: false,
    burst,
  };
}
