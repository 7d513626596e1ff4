import { describe, expect, test } from 'vitest';
import { templatesSchema } from '../../src/compose/templates.ts';
import { shippedTemplates } from './shipped-templates.ts';

const both = (text: string) => ({ ja: text, en: text });

/** Where the mistakes of edited templates are reported. */
function check(edited: object): string[] {
  const read = templatesSchema.safeParse(edited);
  return read.success ? [] : read.error.issues.map((issue) => issue.path.join('.'));
}

function announcement(text: string): string[] {
  const announcements = { ...shippedTemplates.announcements, main: both(text) };
  return check({ ...shippedTemplates, announcements });
}

function forced(fields: object, text: string): string[] {
  const comet = { label: both('Comet'), fields, ...both(text) };
  return check({ ...shippedTemplates, forced: { comet } });
}

const field = { kind: 'text', label: both('Name') };

test('sound templates are read, and fields are required unless they say otherwise', () => {
  expect(announcement('{title} {date}\n{url}')).toEqual([]);
  expect(forced({ name: field }, '{name}\n{url}')).toEqual([]);
  expect(shippedTemplates.forced.flood?.fields.name?.required).toBe(true);
});

describe('a mistake in an announcement is reported in both languages', () => {
  test.each([
    ['a placeholder that does not exist', '{title} {when}\n{url}'],
    ['no title', 'お知らせ\n{url}'],
    ['no link', '{title}'],
    ['text beside the link, which could become part of it', '{title}\n{url}をご覧ください'],
    ['no room for a title', `${'長'.repeat(110)}{title}\n{url}`],
  ])('%s', (_, text) => {
    expect(announcement(text)).toEqual(['announcements.main.ja', 'announcements.main.en']);
  });
});

describe('a mistake in a template for forced notices is reported', () => {
  test.each<[string, object, string, string]>([
    ['a field that the text does not use', { name: field, date: field }, '{name}\n{url}', 'forced.comet.ja'],
    ['a placeholder without a field', { name: field }, '{name} {date}\n{url}', 'forced.comet.en'],
    ['no link', { name: field }, '{name}', 'forced.comet.ja'],
    ['a field named url', { url: field }, '{url}', 'forced.comet.fields.url'],
    [
      'an unknown kind of field',
      { name: { ...field, kind: 'colour' } },
      '{name}\n{url}',
      'forced.comet.fields.name.kind',
    ],
  ])('%s', (_, fields, text, where) => {
    expect(forced(fields, text)).toContain(where);
  });
});
