import type { Topic } from '../classify/classification.ts';
import type { Lang } from '../feed/item.ts';
import { say, type Sentence, type SentenceParams } from './sentence.ts';
import { topicNames } from './states.ts';

const TOPICS: readonly Topic[] = ['main', 'urgent'];

function topicName(params: SentenceParams, lang: Lang): string | null {
  const topic = TOPICS.find((candidate) => candidate === params['topic']);
  return topic === undefined ? null : say(topicNames[topic], lang);
}

function feedName(params: SentenceParams): string | null {
  const feed = params['feed'];
  return typeof feed === 'string' && feed !== '' ? feed : null;
}

/** What a pause reaches, to stand inside a sentence. Parameters: topic, feed; neither, or empty: everything. */
export const pauseReach: Sentence = {
  ja(p) {
    const topic = topicName(p, 'ja');
    const feed = feedName(p);
    if (topic !== null) return `「${topic}」の投稿`;
    return feed === null ? 'すべての投稿' : `情報源「${feed}」からの投稿`;
  },
  en(p) {
    const topic = topicName(p, 'en');
    const feed = feedName(p);
    if (topic !== null) return `posts of the kind "${topic}"`;
    return feed === null ? 'all publishing' : `posts from feed "${feed}"`;
  },
};

/** The flags with which `pause` and `resume` name that reach, with a space before them. */
export function reachFlags(params: SentenceParams): string {
  const topic = params['topic'];
  const feed = feedName(params);
  if (typeof topic === 'string' && topic !== '') return ` --topic ${topic}`;
  return feed === null ? '' : ` --feed ${feed}`;
}

/** What `pause` and `resume` answer. */
export const pauseSentences = {
  /** topic, feed */
  paused: {
    ja: (p) => `${pauseReach.ja(p)}を一時停止しました。kosatsu resume${reachFlags(p)} で再開します。`,
    en: (p) => `Paused: ${pauseReach.en(p)}. kosatsu resume${reachFlags(p)} ends it.`,
  },
  resumed: {
    ja: (p) => `${pauseReach.ja(p)}を再開しました。`,
    en: (p) => `Resumed: ${pauseReach.en(p)}.`,
  },
  notPaused: {
    ja: (p) => `${pauseReach.ja(p)}の一時停止は行われていません。`,
    en: (p) => `There was no pause of ${pauseReach.en(p)}.`,
  },
  /** topic, feed, by, since, reason */
  stillPaused: {
    ja: (p) =>
      `${pauseReach.ja(p)}は引き続き停止しています（${p['by']}、${p['since']} から。理由：${p['reason']}）。kosatsu resume${reachFlags(p)} で再開します。`,
    en: (p) =>
      `Still paused: ${pauseReach.en(p)} (by ${p['by']}, since ${p['since']}: ${p['reason']}). kosatsu resume${reachFlags(p)} ends it.`,
  },
  /** feed, known */
  unknownFeed: {
    ja: (p) => `「${p['feed']}」という情報源は設定にありません（${p['known']}）。何も停止していません。`,
    en: (p) => `No feed is named "${p['feed']}" (there are: ${p['known']}). Nothing was paused.`,
  },
} as const satisfies Record<string, Sentence>;
