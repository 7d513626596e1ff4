import type { Unreadable } from '../publish/publisher.ts';
import { given, type Sentence } from './sentence.ts';

/** The account's own posts beside a doubt. */
export const evidenceMessages = {
  heading: { ja: () => '送信後のアカウントの投稿', en: () => 'Posts of the account since it was sent' },
  /** at */
  'read-at': {
    ja: (p) => `${given(p, 'at')}に、Xから読み取りました。`,
    en: (p) => `Read from X, ${given(p, 'at')}.`,
  },
  none: {
    ja: () => '送信後の投稿は見つかりませんでした。Xへの反映が遅れている場合があります。',
    en: () => 'There is no post since then. X may show a post late.',
  },
  partly: {
    ja: () => '途中までしか読み取れませんでした。ここにない投稿がある可能性があります。',
    en: () => 'They could not be read to their end; there may be posts that are not shown here.',
  },
  /** count */
  left: {
    ja: (p) => `このほかに、古い投稿が${given(p, 'count')}件あります。`,
    en: (p) => `Older ones that are not shown: ${given(p, 'count')}.`,
  },
  same: { ja: () => '同じ文面', en: () => 'the same words' },
  alike: { ja: () => '同じリンク、異なる文面', en: () => 'the same link, other words' },
  other: { ja: () => '異なる内容', en: () => 'something else' },
  /** id */
  'on-record': {
    ja: (p) => `別の投稿（${given(p, 'id')}）として記録済み`,
    en: (p) => `on record as post ${given(p, 'id')}`,
  },
  'at-x': { ja: () => 'Xで見る', en: () => 'See it at X' },
  /** id */
  number: { ja: (p) => `投稿番号 ${given(p, 'id')}`, en: (p) => `Number ${given(p, 'id')}` },
  choose: { ja: () => 'これが該当する投稿です', en: () => 'This is it' },
  /** at */
  unreadable: {
    ja: (p) => `アカウントの投稿を読み取れませんでした（${given(p, 'at')}）。`,
    en: (p) => `The account's posts could not be read (${given(p, 'at')}).`,
  },
  'look-yourself': {
    ja: () => 'アカウントの画面で直接確認してください。',
    en: () => 'Look at the account itself.',
  },
  /** detail */
  detail: { ja: (p) => `詳細：${given(p, 'detail')}`, en: (p) => `In detail: ${given(p, 'detail')}` },
  contradiction: {
    ja: () =>
      '該当する投稿が選択されているのに「投稿されていない」が選ばれました。どちらが正しいか確認してください。何も変更していません。',
    en: () =>
      'A post was chosen as the one, and "It was not posted" was pressed. Say which is right. Nothing was changed.',
  },
} as const satisfies Record<string, Sentence>;

/** Why own posts can't be read, and when they can be asked for again. */
export const unreadableMessages: Readonly<Record<Unreadable['cause'], Sentence>> = {
  network: {
    ja: () => 'Xに接続できないか、応答がありません。',
    en: () => 'X cannot be reached, or does not answer.',
  },
  throttled: {
    ja: () => 'Xが読取りの回数を制限しています。しばらくしてから、この画面を開き直してください。',
    en: () => 'X limits how often they may be read. Open this page again later.',
  },
  forbidden: {
    ja: () => 'Xが読取りを許可していません。認証情報と権限の確認を管理者に依頼してください。',
    en: () => 'X does not allow it. Ask an administrator to check the credentials and what they may do.',
  },
  'unknown-answer': {
    ja: () => 'Xの応答を理解できませんでした。',
    en: () => 'The answer of X was not understood.',
  },
};
