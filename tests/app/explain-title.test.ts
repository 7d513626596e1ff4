import { expect, test } from 'vitest';
import { explainTitle, type Explanation } from '../../src/app/explain-title.ts';
import { aFakeApp } from './fake-app.ts';

const { rules } = aFakeApp().config;

function check(title: string, expected: Partial<Explanation>, said: RegExp, url: string | null = null): void {
  const explained = explainTitle(rules, { title, url, lang: null }, 'en');
  expect(explained).toMatchObject(expected);
  expect(explained.sentence).toMatch(said);
  const japanese = explainTitle(rules, { title, url, lang: null }, 'ja');
  expect(japanese.sentence).toContain(`「${title}」`);
  expect(`${explained.sentence}${japanese.sentence}`).not.toMatch(/undefined|—/u);
}

test('an urgent title is explained by its rule and the words that met it', () => {
  check(
    '台風により影響を受けた手続の取扱いについて(第2報)',
    { class: 'urgent', rule: 'affected-procedures', followUp: { kind: 'report', number: 2 }, lang: 'ja' },
    /"台風", "影響を受け", "手続".*follow-up/u,
  );
});

test('a doubtful title names what makes it doubtful', () => {
  check(
    '地震により影響を受けた手続に関する説明会',
    { class: 'review', lang: 'ja' },
    /"説明会".*not called urgent for sure/u,
  );
});

test('a title that no rule knows says so', () => {
  check(
    'A new address for our page',
    { class: 'main', rule: 'default', because: [], lang: 'en' },
    /No rule applies/u,
  );
});

test('the page counts as well', () => {
  check(
    'お知らせ',
    { class: 'review', rule: 'disaster-page-only' },
    /\/news\/koho\/saigai\//u,
    'https://www.jpo.go.jp/news/koho/saigai/2026.html',
  );
});
