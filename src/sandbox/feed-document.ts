import { DateTime } from 'luxon';
import type { FeedItem } from './feed-item.ts';
import { encodeShiftJis } from './shift-jis.ts';

/** A feed as it goes over the wire. */
export type FeedDocument = { contentType: string; bytes: Uint8Array<ArrayBuffer> };

const TITLE = '特許庁 新着情報（サンドボックス）';
const ABOUT = '練習用の架空のお知らせです。 Invented announcements for practice; nothing here is real news.';
const HOME = 'https://www.jpo.go.jp/';

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const tokyo = (ms: number): DateTime => DateTime.fromMillis(ms, { zone: 'Asia/Tokyo' });
const isoTokyo = (ms: number): string => tokyo(ms).toISO({ suppressMilliseconds: true }) ?? '';
const utf8 = (xml: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(xml);

/** RSS 2.0 in UTF-8, the format of most of the world. */
export function rssDocument(items: readonly FeedItem[]): FeedDocument {
  const entries = items.map(
    (item) => `    <item>
      <title>${escapeXml(item.title)}</title>
      <link>${escapeXml(item.url)}</link>
      <guid isPermaLink="false">${escapeXml(item.guid)}</guid>
      <dc:language>${item.lang}</dc:language>
      <pubDate>${tokyo(item.publishedAt).toRFC2822() ?? ''}</pubDate>
    </item>
`,
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${TITLE}</title>
    <link>${HOME}</link>
    <description>${ABOUT}</description>
    <language>ja</language>
${entries.join('')}  </channel>
</rss>
`;
  return { contentType: 'application/rss+xml; charset=utf-8', bytes: utf8(xml) };
}

/** Atom 1.0 (RFC 4287), the format of METI's feed. */
export function atomDocument(items: readonly FeedItem[]): FeedDocument {
  const entries = items.map(
    (item) => `  <entry xml:lang="${item.lang}">
    <title>${escapeXml(item.title)}</title>
    <link href="${escapeXml(item.url)}"/>
    <id>${escapeXml(item.guid)}</id>
    <updated>${isoTokyo(item.publishedAt)}</updated>
  </entry>
`,
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja">
  <title>${TITLE}</title>
  <subtitle>${ABOUT}</subtitle>
  <link href="${HOME}"/>
  <id>urn:kosatsu-sandbox:feed</id>
  <updated>${isoTokyo(items[0]?.publishedAt ?? 0)}</updated>
  <author><name>特許庁（サンドボックス）</name></author>
${entries.join('')}</feed>
`;
  return { contentType: 'application/atom+xml; charset=utf-8', bytes: utf8(xml) };
}

/** RSS 1.0 in Shift_JIS with CRLF and items beside the channel: what Japanese ministries still publish. */
export function rdfDocument(items: readonly FeedItem[]): FeedDocument {
  const list = items.map((item) => `        <rdf:li rdf:resource="${escapeXml(item.url)}"/>\n`);
  const entries = items.map(
    (item) => `  <item rdf:about="${escapeXml(item.url)}">
    <title>${escapeXml(item.title)}</title>
    <link>${escapeXml(item.url)}</link>
    <dc:date>${isoTokyo(item.publishedAt)}</dc:date>
    <dc:language>${item.lang}</dc:language>
  </item>
`,
  );
  const xml = `<?xml version="1.0" encoding="Shift_JIS"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="ja">
  <channel rdf:about="${HOME}">
    <title>${TITLE}</title>
    <link>${HOME}</link>
    <description>${ABOUT}</description>
    <items>
      <rdf:Seq>
${list.join('')}      </rdf:Seq>
    </items>
  </channel>
${entries.join('')}</rdf:RDF>
`;
  return {
    contentType: 'application/rdf+xml; charset=Shift_JIS',
    bytes: encodeShiftJis(xml.replaceAll('\n', '\r\n')),
  };
}
