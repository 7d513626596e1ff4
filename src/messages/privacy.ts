import { given, type Sentence } from './sentence.ts';

/** What `kosatsu privacy` says. */
export const privacySentences = {
  /** name */
  nothing: {
    ja: (p) => `「${given(p, 'name')}」に関する情報は保有していません。`,
    en: (p) => `Nothing is held of ${given(p, 'name')}.`,
  },
  /** name, id, count */
  erased: {
    ja: (p) =>
      `「${given(p, 'name')}」の氏名を消去し、記録${given(p, 'count')}件を仮名（${given(p, 'id')}）に置き換えました。監査記録はそのまま検証できます。`,
    en: (p) =>
      `The name ${given(p, 'name')} is erased; ${given(p, 'count')} records now say ${given(p, 'id')}. The audit log can be verified as before.`,
  },
  /** name */
  active: {
    ja: (p) =>
      `「${given(p, 'name')}」は有効な職員です。先に kosatsu operator disable を実行してください。何も消去していません。`,
    en: (p) => `${given(p, 'name')} is an active operator. Disable them first. Nothing was erased.`,
  },
} as const satisfies Record<string, Sentence>;
