import type { EpochMs, Lang } from '../feed/item.ts';
import { given, say, type Sentence } from './sentence.ts';
import { tokyoTime } from './tokyo-time.ts';

/**
 * What is not posted because of a feed's trouble. `unread`: nothing of the feed has been read since (null: ever), in `failures`
 * attempts. `held`: that many posts wait for a person and that many were refused, because nobody could post them as they are; the
 * rest of the feed is read and posted.
 */
export type FeedEffect =
  | { kind: 'unread'; since: EpochMs | null; failures: number }
  | { kind: 'held'; count: number; refused: number };

const sentences = {
  unread: {
    ja: (p) =>
      `最後に読み取れた${given(p, 'since')}より後に掲載された項目は、読み取れていないため投稿していません（失敗${given(p, 'failures')}回。件数は読み取れるまで分かりません）。`,
    en: (p) =>
      `Not posted: whatever was listed after ${given(p, 'since')}, when it was last read (failed attempts since: ${given(p, 'failures')}; how many items is known once it can be read).`,
  },
  neverRead: {
    ja: (p) =>
      `一度も読み取れていないため、この情報源の項目は一切投稿していません（失敗${given(p, 'failures')}回）。`,
    en: (p) =>
      `Not posted: anything of this feed; it was never read (failed attempts: ${given(p, 'failures')}).`,
  },
  held: {
    ja: (p) => `この問題により投稿を見合わせ、職員の確認を待っている項目：${given(p, 'count')}件`,
    en: (p) => `Not posted because of it, waiting for a person: ${given(p, 'count')}.`,
  },
  refused: {
    ja: (p) =>
      `この問題により投稿を見合わせ、職員の確認を待っている項目：${given(p, 'count')}件、そのままでは投稿できず取りやめた項目：${given(p, 'refused')}件`,
    en: (p) =>
      `Not posted because of it: ${given(p, 'count')} waiting for a person, ${given(p, 'refused')} refused as they are.`,
  },
  nothing: {
    ja: () => 'この問題により職員の確認を待っている項目はありません。',
    en: () => 'No post waits for a person because of it.',
  },
} as const satisfies Record<string, Sentence>;

/** The effect in a sentence. */
export function describeFeedEffect(effect: FeedEffect, lang: Lang): string {
  switch (effect.kind) {
    case 'held':
      return heldSentence(effect, lang);
    case 'unread': {
      const { since, failures } = effect;
      return since === null
        ? say(sentences.neverRead, lang, { failures })
        : say(sentences.unread, lang, { since: tokyoTime(since, lang), failures });
    }
  }
}

function heldSentence({ count, refused }: FeedEffect & { kind: 'held' }, lang: Lang): string {
  if (refused > 0) return say(sentences.refused, lang, { count, refused });
  return say(count === 0 ? sentences.nothing : sentences.held, lang, { count });
}
