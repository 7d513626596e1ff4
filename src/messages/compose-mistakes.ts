import type { ComposeMistake } from '../compose/forced-fields.ts';
import type { Sentence } from './sentence.ts';

/** What is wrong with a notice that a person typed, and what to do. Nothing was recorded or sent. */
export const composeMistakes: Readonly<Record<ComposeMistake, Sentence>> = {
  'text-empty': {
    ja: () => '本文が入力されていません。',
    en: () => 'There is no text.',
  },
  'link-not-an-address': {
    ja: ({ value }) =>
      `リンク先「${value}」はアドレスとして読めません。https:// で始まるアドレスを、空白や見えない文字を入れずに入力してください。`,
    en: ({ value }) =>
      `"${value}" is not an address. Give the whole of it, from https:// on, without blanks or invisible characters.`,
  },
  'template-unknown': {
    ja: ({ template, known }) => `「${template}」という文例はありません。使える文例：${known}`,
    en: ({ template, known }) => `There is no template "${template}". Templates: ${known}.`,
  },
  'field-missing': {
    ja: ({ field, label }) => `「${label}」が入力されていません。--set ${field}=… で指定してください。`,
    en: ({ field, label }) => `"${label}" is missing. Give it with --set ${field}=…`,
  },
  'field-unknown': {
    ja: ({ template, field, known }) =>
      `文例「${template}」に「${field}」という項目はありません。使える項目：${known}`,
    en: ({ template, field, known }) => `Template "${template}" has no field "${field}". Fields: ${known}.`,
  },
  'field-too-long': {
    ja: ({ label, max }) => `「${label}」が長すぎます。${max}文字以内で入力してください。`,
    en: ({ label, max }) => `"${label}" is too long. At most ${max} characters are allowed.`,
  },
  'field-not-a-date': {
    ja: ({ label, value }) =>
      `「${label}」の「${value}」は日付として読めません。2026-01-04 の形で入力してください。`,
    en: ({ label, value }) => `"${label}": "${value}" is not a date. Write it as 2026-01-04.`,
  },
  'field-not-a-datetime': {
    ja: ({ label, value }) =>
      `「${label}」の「${value}」は日時として読めません。日本時間で 2026-01-04T09:30 の形で入力してください。`,
    en: ({ label, value }) =>
      `"${label}": "${value}" is not a date and time. Write it in Japan's time, as 2026-01-04T09:30.`,
  },
  'field-not-a-number': {
    ja: ({ label, value }) =>
      `「${label}」の「${value}」は数字として読めません。半角数字で入力してください。`,
    en: ({ label, value }) => `"${label}": "${value}" is not a number. Use digits only.`,
  },
};

/** The same for whoever fills in a form: it has a place for every field, and no switches. */
export const formMistakes: typeof composeMistakes = {
  ...composeMistakes,
  'field-missing': {
    ja: ({ label }) => `「${label}」を入力してください。`,
    en: ({ label }) => `Fill in "${label}".`,
  },
};
