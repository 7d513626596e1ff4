import { describeFeedProblem } from './feed-problems.ts';
import { given, type Sentence } from './sentence.ts';

const feed: Sentence = { ja: (p) => `情報源「${given(p, 'feed')}」`, en: (p) => `Feed ${given(p, 'feed')}` };

/** What people are told of a feed. Each line names the parameters of the sentence below it. */
export const feedNotices = {
  /** feed, problem (a feed problem's code), detail */
  'feed-problem': {
    ja: (p) =>
      `${feed.ja(p)}：${describeFeedProblem({ code: given(p, 'problem'), detail: given(p, 'detail') }, 'ja')}`,
    en: (p) =>
      `${feed.en(p)}: ${describeFeedProblem({ code: given(p, 'problem'), detail: given(p, 'detail') }, 'en')}`,
  },
  /** feed */
  'feed-recovered': {
    ja: (p) => `${feed.ja(p)}を再び正常に読み取れるようになりました。`,
    en: (p) => `${feed.en(p)} can be read again.`,
  },
  /** feed, count */
  'feed-baseline': {
    ja: (p) =>
      `${feed.ja(p)}を初めて読み取り、掲載済みの${given(p, 'count')}件を既知として記録しました。これらは投稿しません。`,
    en: (p) =>
      `${feed.en(p)} was read for the first time; its ${given(p, 'count')} items are marked as known and not posted.`,
  },
} as const satisfies Record<string, Sentence>;
