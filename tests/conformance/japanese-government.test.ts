import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { previewFeeds } from '../../src/app/preview.ts';
import type { PreviewLine } from '../../src/app/preview.ts';
import { assemble } from '../../src/assemble.ts';
import { loadConfig } from '../../src/config.ts';
import { ministryDocuments } from '../fixtures/feed/ministry-documents.ts';
import { corpora, readGolden } from './corpus.ts';
import { plain, published } from './read.ts';

/** What `preview --feed FILE` says of a document, item by item. */
async function preview(path: string): Promise<readonly PreviewLine[]> {
  const env = { LOG_LEVEL: 'silent' };
  const loaded = loadConfig({ overrides: { feed: path }, env, cwd: process.cwd() });
  if (loaded.kind === 'mistakes') throw new Error(JSON.stringify(loaded.mistakes));
  await using app = await assemble(loaded.config, { store: 'memory', publisher: 'none' });
  const { lines, problems } = await previewFeeds(app, new AbortController().signal);
  expect(problems).toEqual([]);
  return lines;
}

/** Japanese as people read it: no lost characters, no rests of markup or entities, no half-width kana of a wrong set. */
function checkReadable(lines: readonly PreviewLine[]): void {
  expect(lines.length).toBeGreaterThan(0);
  for (const { item, post, lang } of lines) {
    expect(item.title).toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u);
    expect(lang).toBe('ja');
    for (const text of [item.title, post?.text ?? '']) {
      expect(text).not.toMatch(
        /\ufffd|&(?:#\d+|#x[\da-f]+|[a-z]+);|<\/?[a-z]|[ｦ-ﾟ]{6,}|[\u0080-\u009f]|[縺繧譁].?[縺繧譁]/iu,
      );
    }
    expect(post?.text).toContain(item.url);
  }
}

const shown = (lines: readonly PreviewLine[]): (readonly [string, string | null])[] =>
  lines.map(({ item }) => [plain(item.title), item.url]);

describe('a document as Japanese ministries write them is previewed readably, with right links', () => {
  for (const { name, bytes, items } of ministryDocuments) {
    test(name, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kosatsu-ministry-'));
      try {
        writeFileSync(join(folder, 'feed.xml'), bytes);
        const lines = await preview(join(folder, 'feed.xml'));
        checkReadable(lines);
        expect(shown(lines)).toEqual(items);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

describe.each(corpora)('so is each real one of the corpus', (root) => {
  const folder = join(root, 'feeds');
  const golden = readGolden(root).filter(({ path }) => path.startsWith('jp-'));
  test('there are some', () => expect(golden.length).toBeGreaterThanOrEqual(5));
  for (const { path, items } of golden) {
    test(path, async () => {
      const lines = await preview(join(folder, path));
      checkReadable(lines);
      // The links of a file are its own: nothing else says what a relative one would be relative to.
      expect(shown(lines)).toEqual(
        items.map(({ title, link }) => [plain(title), published(link, 'file:///')]),
      );
    });
  }

  // Hundreds of polls of two lists; each is like the one before, so every twentieth stands for its neighbours.
  for (const history of ['jp-gov-online-history', 'jp-soumu-2021-history']) {
    const names = readdirSync(join(folder, history)).toSorted();
    for (const name of names.filter((_, at) => at % 20 === 0)) {
      test(`${history}/${name}`, async () => {
        const lines = await preview(join(folder, history, name));
        checkReadable(lines);
        for (const { item } of lines)
          expect(item.url).toMatch(/^https?:\/\/[\w.-]+\.(?:go|or|lg|ne|co)?\.?jp\//u);
      });
    }
  }
});
