import { given, type Sentence } from './sentence.ts';

/** What stands around the institution's own words of its policy. */
export const policyTextSentences = {
  opinionBox: {
    ja: () => 'ご意見・ご質問の受付（投書箱）',
    en: () => 'Opinion box',
  },
  /** version */
  version: { ja: (p) => `版：${given(p, 'version')}`, en: (p) => `Version: ${given(p, 'version')}` },
  /** account */
  account: {
    ja: (p) => `対象アカウント：@${given(p, 'account')}`,
    en: (p) => `Account: @${given(p, 'account')}`,
  },
  none: {
    ja: () => '設定に運用方針の本文がありません。config/policy.yaml の published に記載してください。',
    en: () => 'The settings hold no text of the policy. Write it under published in config/policy.yaml.',
  },
} as const satisfies Record<string, Sentence>;
