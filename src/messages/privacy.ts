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
  /** name */
  own: {
    ja: (p) =>
      `「${given(p, 'name')}」は操作者本人です。消去を行った者の氏名は監査記録とともに残るため、他の職員が --by に自分の氏名を指定して実行してください。何も消去していません。`,
    en: (p) =>
      `${given(p, 'name')} is who asks for it, and who erases is on record by name. Let somebody else do it, with their own name as --by. Nothing was erased.`,
  },
} as const satisfies Record<string, Sentence>;
