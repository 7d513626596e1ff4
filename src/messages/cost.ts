import type { Lang } from '../feed/item.ts';
import { given, say, type Sentence } from './sentence.ts';

/** What posts cost. */
export const costSentences = {
  post: {
    ja: (p) => `この投稿の費用：${given(p, 'amount')} ${given(p, 'currency')}`,
    en: (p) => `This post costs ${given(p, 'amount')} ${given(p, 'currency')}`,
  },
  month: {
    ja: (p) =>
      `今月の費用：投稿${given(p, 'posts')}件、削除${given(p, 'deleted')}件、多くとも ${given(p, 'amount')} ${given(p, 'currency')}（上限：${p['ceiling'] === undefined ? 'なし' : p['ceiling']}。自アカウントの投稿の読取りを含みます）`,
    en: (p) =>
      `Cost this month: ${given(p, 'posts')} post(s), ${given(p, 'deleted')} deletion(s), at most ${given(p, 'amount')} ${given(p, 'currency')} (${p['ceiling'] === undefined ? 'no ceiling' : `ceiling ${p['ceiling']}`}; with the reading of own posts)`,
  },
} as const satisfies Record<string, Sentence>;

/** What the month's posts cost at most, against the ceiling where there is one, in the configured currency. */
export function monthCost(
  {
    posts,
    deleted,
    atMost: amount,
    ceiling,
  }: { posts: number; deleted: number; atMost: number; ceiling: number | null },
  currency: string,
  lang: Lang,
): string {
  const params = { posts, deleted, amount, currency, ...(ceiling === null ? {} : { ceiling }) };
  return say(costSentences.month, lang, params);
}
