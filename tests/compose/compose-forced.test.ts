import { describe, expect, test } from 'vitest';
import { composeForced, type ForcedRequest } from '../../src/compose/compose.ts';
import { publishLimits } from '../../src/limits/publishing.ts';
import { LINK, shippedTemplates as templates } from './shipped-templates.ts';

const now = Date.UTC(2026, 0, 12, 5, 30);

/** The text of the draft, or the code of the mistake. */
function check(request: ForcedRequest): string {
  const result = composeForced(request, templates, now);
  return result.kind === 'draft' ? result.draft.text : result.code;
}

describe('a typed text is kept as it is', () => {
  test.each<[string, string, string | null, string]>([
    ['with its link on a last line', '手続の期間を延長します。', LINK, `手続の期間を延長します。\n${LINK}`],
    ['with a link that it holds already', `詳細 ${LINK} まで`, LINK, `詳細 ${LINK} まで`],
    ['with the link where only a longer one is held', `${LINK}/x`, LINK, `${LINK}/x\n${LINK}`],
    ['without a link', '手続の期間を延長します。', null, '手続の期間を延長します。'],
    ['with line feeds for every kind of line end', 'a\r\nb\rc', null, 'a\nb\nc'],
    ['in NFC', 'か\u3099', null, 'が'],
    ['mentions included, for policy to refuse', '@name へ', null, '@name へ'],
  ])('%s', (_, text, url, posted) => {
    expect(check({ text, url, lang: 'ja' })).toBe(posted);
  });

  test('however long it is: nothing is cut behind the back of who typed it', () => {
    const result = composeForced({ text: '長'.repeat(200), url: null, lang: 'ja' }, templates, now);
    expect(result).toMatchObject({
      kind: 'draft',
      draft: { topic: 'urgent', weight: 400, shortened: false },
    });
  });
});

describe('a template is filled', () => {
  test.each<[string, ForcedRequest, string]>([
    [
      'with all its fields',
      {
        template: 'earthquake',
        fields: { name: '令和8年南海地震', date: '2026-01-04', target: '被災地域の方' },
        url: LINK,
        lang: 'ja',
      },
      `【重要】令和8年南海地震により影響を受けた手続の取扱いについて\n発生日：2026年1月4日\n対象：被災地域の方\n所定の期間内に手続をすることができなくなった方は、次のページをご確認ください。\n${LINK}`,
    ],
    [
      'without the lines of optional fields left empty',
      { template: 'flood', fields: { name: 'the July floods', date: ' ' }, url: LINK, lang: 'en' },
      `[Important] Handling of procedures affected by the July floods\nIf damage keeps you from completing a procedure within its time limit, please see:\n${LINK}`,
    ],
    [
      "with moments in Japan's time",
      {
        template: 'system-outage',
        fields: { system: '出願システム', since: '2026-01-04 09:05' },
        url: LINK,
        lang: 'ja',
      },
      `【重要】出願システムの障害により影響を受けた手続の取扱いについて\n発生：1月4日09:05\n障害により所定の期間内に手続をすることができなかった方は、次のページをご確認ください。\n${LINK}`,
    ],
    [
      'in one pass: a value that looks like a placeholder stays',
      { template: 'typhoon', fields: { name: '{url}' }, url: LINK, lang: 'ja' },
      `【重要】{url}により影響を受けた手続の取扱いについて\n停電や交通機関の停止等により、所定の期間内に手続をすることができなくなった方は、次のページをご確認ください。\n${LINK}`,
    ],
  ])('%s', (_, request, text) => {
    expect(check(request)).toBe(text);
  });

  test('every shipped template fits with a real name, in both languages', () => {
    const fields = {
      name: '令和8年能登半島沖を震源とする地震',
      system: 'インターネット出願システム',
      since: '2026-01-04T09:30',
    };
    for (const [template, { fields: known }] of Object.entries(templates.forced)) {
      const given = Object.fromEntries(Object.entries(fields).filter(([name]) => name in known));
      for (const lang of ['ja', 'en'] as const) {
        const result = composeForced({ template, fields: given, url: LINK, lang }, templates, now);
        expect([template, lang, result.kind]).toEqual([template, lang, 'draft']);
        expect(result.kind === 'draft' && result.draft.weight).toBeLessThanOrEqual(publishLimits.weightMax);
      }
    }
  });
});

describe('a mistake is said, not thrown', () => {
  const name = '令和8年南海地震';
  test.each<[string, ForcedRequest, string]>([
    ['no text', { text: ' \n', url: LINK, lang: 'ja' }, 'text-empty'],
    ['no such template', { template: 'comet', fields: {}, url: LINK, lang: 'ja' }, 'template-unknown'],
    [
      'a template named like a property',
      { template: 'constructor', fields: {}, url: LINK, lang: 'ja' },
      'template-unknown',
    ],
    ['a missing field', { template: 'flood', fields: {}, url: LINK, lang: 'ja' }, 'field-missing'],
    ['an empty field', { template: 'flood', fields: { name: '　' }, url: LINK, lang: 'ja' }, 'field-missing'],
    [
      'an unknown field',
      { template: 'flood', fields: { name, place: 'x' }, url: LINK, lang: 'ja' },
      'field-unknown',
    ],
    [
      'a day that does not exist',
      { template: 'flood', fields: { name, date: '2026-02-30' }, url: LINK, lang: 'ja' },
      'field-not-a-date',
    ],
    [
      'a day in another form',
      { template: 'flood', fields: { name, date: '4/1/2026' }, url: LINK, lang: 'ja' },
      'field-not-a-date',
    ],
    [
      'a day where a moment is asked for',
      { template: 'system-outage', fields: { system: 'x', since: '2026-01-04' }, url: LINK, lang: 'ja' },
      'field-not-a-datetime',
    ],
    [
      'a field that is too long',
      { template: 'flood', fields: { name: '長'.repeat(201) }, url: LINK, lang: 'ja' },
      'field-too-long',
    ],
  ])('%s', (_, request, code) => {
    expect(check(request)).toBe(code);
  });

  test('it names the field as the form calls it', () => {
    const result = composeForced({ template: 'flood', fields: {}, url: LINK, lang: 'en' }, templates, now);
    expect(result).toMatchObject({
      params: { template: 'flood', field: 'name', label: expect.stringContaining('Name') },
    });
  });
});
