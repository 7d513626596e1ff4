import { DateTime } from 'luxon';
import type { FeedItem } from './feed-item.ts';

const SITE = 'https://www.jpo.go.jp';

/** Twenty places and three kinds of event, one pair for each second of a minute: two starts never tell the same story. */
const PLACES = [
  ['駿河西部', 'Western Suruga'],
  ['遠州', 'Enshu'],
  ['若狭東部', 'Eastern Wakasa'],
  ['伊予南部', 'Southern Iyo'],
  ['播磨西部', 'Western Harima'],
  ['三河北部', 'Northern Mikawa'],
  ['相模西部', 'Western Sagami'],
  ['日向北部', 'Northern Hyuga'],
  ['大隅東部', 'Eastern Osumi'],
  ['筑後南部', 'Southern Chikugo'],
  ['丹後', 'Tango'],
  ['但馬北部', 'Northern Tajima'],
  ['上総東部', 'Eastern Kazusa'],
  ['備後北部', 'Northern Bingo'],
  ['讃岐西部', 'Western Sanuki'],
  ['渡島西部', 'Western Oshima'],
  ['十勝南部', 'Southern Tokachi'],
  ['最上', 'Mogami'],
  ['周防東部', 'Eastern Suo'],
  ['紀伊南部', 'Southern Kii'],
] as const;
const EVENTS = [
  ['地震', 'Earthquake'],
  ['豪雨', 'Heavy Rain'],
  ['大雪', 'Heavy Snow'],
] as const;

/** One line of the script; `at` is the moment of its release, `number` tells this start's items apart. */
type Line = (story: Story, number: string, at: DateTime) => Pick<FeedItem, 'title' | 'url' | 'lang'>;
type Story = { ja: string; en: string; slug: string };

const ja =
  (title: string, path: string): Line =>
  (_story, number) => ({
    title: `${title}（公表番号 ${number}）`,
    url: `${SITE}${path}/${number}.html`,
    lang: 'ja',
  });
const en =
  (title: string, path: string): Line =>
  (_story, number) => ({
    title: `${title} (Notice ${number})`,
    url: `${SITE}/e${path}/${number}.html`,
    lang: 'en',
  });
const relief =
  (report: string): Line =>
  (story, number, at) => ({
    title: `${story.ja}により影響を受けた手続の取扱いについて（${report}${at.toFormat('M月d日H時m分')}現在）`,
    url: `${SITE}/news/koho/saigai/${story.slug}_${number}.html`,
    lang: 'ja',
  });

/** About a dozen announcements as the office words them: mostly ordinary, two urgent in Japanese, one in English, one in between. */
const SCRIPT: readonly Line[] = [
  ja('「意匠審査基準」を改訂しました', '/system/laws/rule/guideline/design'),
  ja('知財功労賞の受賞者を決定しました', '/news/press'),
  relief(''),
  en('JPO Updates the Examination Handbook for Designs', '/system/laws/rule'),
  (story, number, at) => ({
    title: `(Bailout measure) Handling of Procedures Affected by ${story.en} (as of ${at.toFormat('HH:mm')} JST)`,
    url: `${SITE}/e/news/koho/saigai/${story.slug}_${number}.html`,
    lang: 'en',
  }),
  ja('商標制度に関するQ&Aを更新しました', '/system/trademark/gaiyo'),
  (story, number, at) => ({
    title: `${story.ja}に関する相談窓口の設置について（${at.toFormat('M月d日H時m分')}現在）`,
    url: `${SITE}/news/koho/info/${number}.html`,
    lang: 'ja',
  }),
  ja(
    '知的財産に関する国際シンポジウム「中小企業の海外展開と知財戦略」の開催について',
    '/news/shinchaku/event',
  ),
  relief('第2報、'),
  en('JPO Publishes the Status Report on Patent Examination Quality', '/resources/report'),
  ja(
    '中小企業、スタートアップ及び大学等を対象とした特許料等の減免制度並びに早期審査・早期審理制度の利用状況に関する調査報告書を公表しました',
    '/resources/report',
  ),
  ja('弁理士試験の実施に関する公告を掲載しました', '/news/benrishi'),
];

const TRICKLE: readonly Line[] = [
  ja('特許出願等統計速報を更新しました', '/resources/statistics'),
  ja('広報誌「とっきょ」最新号を公開しました', '/news/koho/kohoshi'),
  en('JPO Posts the Latest Statistics on Applications', '/resources/statistics'),
  ja('審査官面接のオンライン実施状況を公表しました', '/system/patent/shinsa'),
];

/** What stood in the feed before anybody looked. Always the same ids, so that a second start finds nothing new in them. */
const BASELINE: readonly [title: string, path: string, lang: FeedItem['lang']][] = [
  ['「特許行政年次報告書」を公表しました', '/resources/report/nenji/index.html', 'ja'],
  ['「商標審査便覧」を更新しました', '/system/laws/rule/guideline/trademark/index.html', 'ja'],
  ['JPO Annual Report Now Available', '/e/resources/report/annual/index.html', 'en'],
  ['知的財産権制度説明会（実務者向け）の開催について', '/news/shinchaku/event/seminer/index.html', 'ja'],
  ['Heads of Office Meeting Held in Tokyo', '/e/news/press/heads-meeting.html', 'en'],
  ['審査請求料の納付に関するお知らせ', '/system/process/tesuryo/index.html', 'ja'],
  ['「とっきょ」秋号を発行しました', '/news/koho/kohoshi/aki.html', 'ja'],
  ['Examination Guidelines: Summary in English', '/e/system/laws/rule/index.html', 'en'],
];

/** The first `count` items of the baseline, newest first, dated over the days before `startedAt`. */
export function baselineItems(count: number, startedAt: number): FeedItem[] {
  return BASELINE.slice(0, count).map(([title, path, lang], index) => ({
    guid: `urn:kosatsu-sandbox:baseline:${index + 1}`,
    title,
    url: `${SITE}${path}`,
    publishedAt: startedAt - (index * 15 + 3) * 3_600_000,
    lang,
  }));
}

/** Items of the script; later ones belong to the trickle. */
export const SCRIPT_LENGTH = SCRIPT.length;

/** The item released at that place (from 0) of a sandbox that started at `startedAt`; the same arguments give the same item. */
export function releasedItem(index: number, startedAt: number, releasedAt: number): FeedItem {
  const start = DateTime.fromMillis(startedAt, { zone: 'Asia/Tokyo' });
  const number = `${start.toFormat('MMdd-HHmmss')}-${index + 1}`;
  const line = SCRIPT[index] ?? TRICKLE[(index - SCRIPT.length) % TRICKLE.length];
  if (line === undefined) throw new RangeError('the script is empty');
  const told = line(storyOf(start), number, DateTime.fromMillis(releasedAt, { zone: 'Asia/Tokyo' }));
  return { guid: `urn:kosatsu-sandbox:${startedAt}:${index + 1}`, publishedAt: releasedAt, ...told };
}

function storyOf(start: DateTime): Story {
  const place = PLACES[start.second % PLACES.length] ?? PLACES[0];
  const event = EVENTS[Math.floor(start.second / PLACES.length)] ?? EVENTS[0];
  return {
    ja: `令和${start.year - 2018}年${place[0]}${event[0]}`,
    en: `the ${start.year} ${place[1]} ${event[1]}`,
    slug: `${start.toFormat('yyMMdd')}_${event[1].toLowerCase().replaceAll(' ', '-')}`,
  };
}
