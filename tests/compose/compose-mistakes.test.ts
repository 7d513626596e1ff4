import { describe, expect, test } from 'vitest';
import { composeForced } from '../../src/compose/compose.ts';
import { composeMistakes } from '../../src/messages/compose-mistakes.ts';
import { say } from '../../src/messages/sentence.ts';
import { shippedTemplates as templates } from './shipped-templates.ts';

const now = Date.UTC(2026, 0, 12);

/** What a person is told about a mistake in a notice for a flood, in both languages. */
function check(fields: Record<string, string>, template = 'flood'): string[] {
  const told = (['ja', 'en'] as const).map((lang) => {
    const result = composeForced({ template, fields, url: null, lang }, templates, now);
    return result.kind === 'mistake' ? say(composeMistakes[result.code], lang, result.params) : '';
  });
  return told;
}

test('every sentence is Japanese in Japanese and not in English', () => {
  for (const sentence of Object.values(composeMistakes)) {
    expect(say(sentence, 'ja')).toMatch(/[ぁ-ん].*。$|[ぁ-ん].*：/u);
    expect(say(sentence, 'en')).not.toMatch(/[ぁ-んァ-ン一-龠]/u);
  }
});

describe('a mistake names what to mend', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a missing field', {}, 'flood', '--set name='],
    ['an unknown field', { name: '豪雨', place: 'x' }, 'flood', 'place'],
    ['an unreadable day', { name: '豪雨', date: '2月30日' }, 'flood', '2月30日'],
    ['an unknown template', {}, 'comet', 'infectious-disease'],
    ['a field that is too long', { name: '長'.repeat(300) }, 'flood', '200'],
  ])('%s', (_, fields, template, named) => {
    for (const sentence of check(fields, template)) {
      expect(sentence).toContain(named);
      expect(sentence).not.toMatch(/undefined|[{}]/u);
    }
  });
});

test.each([
  '',
  'not an address',
  'www.jpo.go.jp',
  'javascript:alert(1)',
  'https://',
  'https://www.jpo.go.jp/a\u200Bb',
  'https://www.jpo.go.jp/\nhttps://example.com/',
])('a link that is no whole address is sent back: %j', (url) => {
  expect(composeForced({ text: '地震のお知らせ', url, lang: 'ja' }, templates, now)).toMatchObject({
    kind: 'mistake',
    code: 'link-not-an-address',
  });
});
