import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Sentence, SentenceParams } from '../../src/messages/sentence.ts';

const FOLDER = resolve(import.meta.dirname, '../../src/messages');
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Parameters that are times or lengths of time, in milliseconds. */
const TIMES = /^(?:until|publishedAt|at|since)$|Ms$/u;

/** Names that stand for a closed list of words, with one of the words. */
const WORDS: Readonly<Record<string, string>> = {
  state: 'held',
  mode: 'live',
  problem: 'silent',
  code: 'title-cut',
};

/** What an office would not write: a second word for what has one already, and signs of another width. */
const UNWANTED: readonly { sign: RegExp; instead: string }[] = [
  { sign: /ひな形|雛形|テンプレート/u, instead: '文例' },
  { sign: /ワーカー|巡回・投稿処理/u, instead: '常駐プロセス' },
  { sign: /待ち行列|承認待ち/u, instead: '投稿待ち、確認待ち' },
  { sign: /読み込/u, instead: '読取り、読み取る' },
  { sign: /自分の投稿|タイムラインを/u, instead: 'アカウントの投稿一覧' },
  { sign: /取り置/u, instead: '確保する' },
  { sign: /または|および|下さい|全て|出来(?!事)/u, instead: '又は、及び、ください、すべて、でき' },
  { sign: /[\uff61-\uff9f]/u, instead: '全角' },
  { sign: /[！？，．]/u, instead: '、。' },
  {
    sign: /[\p{Script=Hiragana}\p{Script=Han}][,!?()]|[,!?()][\p{Script=Hiragana}\p{Script=Han}]/u,
    instead: '（）、。',
  },
  { sign: / (?:件|回|名|秒)/u, instead: '空白なし' },
];

/** Answers to every name with a sign that can be found again, and remembers which names were asked for. */
function askedParams(): { params: SentenceParams; asked: Set<string> } {
  const asked = new Set<string>();
  const params = new Proxy<SentenceParams>(
    {},
    {
      get: (_target, name) => {
        asked.add(String(name));
        if (TIMES.test(String(name))) return 86_400_000;
        return WORDS[String(name)] ?? `<${String(name)}>`;
      },
    },
  );
  return { params, asked };
}

/** The few that are not two tellings of one thing. */
const ASIDE = new Set([
  'console.ts consoleMessages other-language', // a link names the other language in that language
  'sandbox.ts sandboxSentences time', // both stand side by side on a page, and the time is shown once
]);

function isSentence(value: unknown): value is Sentence {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['ja', 'en'].every((lang) => typeof Reflect.get(value, lang) === 'function')
  );
}

/** Every exported record of sentences of every file, by file, record and key. */
async function allSentences(): Promise<readonly (readonly [string, Sentence])[]> {
  const found: [string, Sentence][] = [];
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
    const module: Readonly<Record<string, unknown>> = await import(join(FOLDER, file));
    for (const [exported, value] of Object.entries(module)) {
      if (isSentence(value)) found.push([`${file} ${exported}`, value]);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          if (isSentence(inner)) found.push([`${file} ${exported} ${key}`, inner]);
        }
      }
    }
  }
  return found;
}

const sentences = (await allSentences()).filter(([name]) => !ASIDE.has(name));

/** Both languages say something, each in its own script, and tell the same facts. */
function check(sentence: Sentence): void {
  const ja = askedParams();
  const en = askedParams();
  const japanese = sentence.ja(ja.params);
  const english = sentence.en(en.params);
  for (const text of [japanese, english]) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|null|NaN|Invalid|\[object|[{}]/u);
  }
  for (const { sign, instead } of UNWANTED)
    if (sign.test(japanese)) expect.fail(`${japanese}: ${String(sign)}, ${instead}`);
  // A sentence that only hands on another one has no script of its own.
  expect(/^<\w+>$/u.test(japanese) ? english : japanese).toMatch(
    /^<\w+>$/u.test(english) ? /^<\w+>$/u : JAPANESE,
  );
  expect([...ja.asked].toSorted()).toEqual([...en.asked].toSorted());
}

describe('every sentence speaks both languages and tells the same in each', () => {
  test('and there are sentences', () => expect(sentences.length).toBeGreaterThan(150));
  test.each(sentences)('%s', (_name, sentence) => check(sentence));
});
