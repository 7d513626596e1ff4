import type { Lang } from '../feed/item.ts';
import { composeLimits } from '../limits/words.ts';
import { postDay, postMoment, readTypedTime } from './post-dates.ts';
import type { Values } from './render.ts';
import type { ForcedField, ForcedTemplate } from './templates.ts';

/** What can be wrong with it. Each code has its sentence in the catalogue. */
export type ComposeMistake =
  | 'text-empty'
  | 'link-not-an-address'
  | 'template-unknown'
  | 'field-missing'
  | 'field-unknown'
  | 'field-too-long'
  | 'field-not-a-date'
  | 'field-not-a-datetime'
  | 'field-not-a-number';

/** A mistake of the person who typed, with the values that its sentence names. */
export type Mistaken = {
  kind: 'mistake';
  code: ComposeMistake;
  params: Readonly<Record<string, string | number>>;
};

/** The values of a template's placeholders from what a person typed; an optional field left empty has none. */
export function readFields(
  name: string,
  template: ForcedTemplate,
  typed: Readonly<Record<string, string>>,
  lang: Lang,
): { kind: 'values'; values: Values } | Mistaken {
  const unknown = Object.keys(typed).find((given) => !Object.hasOwn(template.fields, given));
  if (unknown !== undefined) {
    const known = Object.keys(template.fields).join(', ');
    return { kind: 'mistake', code: 'field-unknown', params: { template: name, field: unknown, known } };
  }
  const values: Record<string, string | null> = {};
  for (const [key, field] of Object.entries(template.fields)) {
    const value = (typed[key] ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim();
    const params = { template: name, field: key, label: field.label[lang], value };
    if (value === '' && field.required) return { kind: 'mistake', code: 'field-missing', params };
    const read = value === '' ? { value: null } : readField(field, value, lang);
    if ('code' in read) {
      return { kind: 'mistake', code: read.code, params: { ...params, max: composeLimits.fieldMax } };
    }
    values[key] = read.value;
  }
  return { kind: 'values', values };
}

function readField(
  field: ForcedField,
  typed: string,
  lang: Lang,
): { value: string } | { code: ComposeMistake } {
  switch (field.kind) {
    case 'text':
      return typed.length > composeLimits.fieldMax ? { code: 'field-too-long' } : { value: typed };
    case 'number':
      return /^[0-9]{1,9}$/.test(typed) ? { value: typed } : { code: 'field-not-a-number' };
    case 'date': {
      const at = readTypedTime(typed, 'date');
      return at === null ? { code: 'field-not-a-date' } : { value: postDay(at, lang) };
    }
    case 'datetime': {
      const at = readTypedTime(typed, 'datetime');
      return at === null ? { code: 'field-not-a-datetime' } : { value: postMoment(at, lang) };
    }
    default:
      return field.kind satisfies never;
  }
}
