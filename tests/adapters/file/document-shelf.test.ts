import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createDocumentShelf } from '../../../src/adapters/file/document-shelf.ts';
import type { DocumentShelf, KeptDocument } from '../../../src/app/ports.ts';
import { documentLimits } from '../../../src/limits/storage.ts';

const SCOPE = { mode: 'sandbox', account: 'jpo_test' } as const;
const folders: string[] = [];
const warnings: object[] = [];

afterEach(async () => {
  warnings.length = 0;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function aShelf(): Promise<{ shelf: DocumentShelf; folder: string }> {
  const root = await mkdtemp(join(tmpdir(), 'shelf-'));
  folders.push(root);
  const folder = join(root, 'documents');
  const quiet = (): void => {};
  const log = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (fields: object) => void warnings.push(fields),
  };
  return { shelf: createDocumentShelf(folder, log), folder };
}

function aDocument(text: string, readAt: number): KeptDocument {
  return {
    bytes: new TextEncoder().encode(text),
    contentType: 'text/xml; charset=Shift_JIS',
    finalUrl: 'https://www.jpo.go.jp/rss.xml',
    readAt,
  };
}

describe('a document of a feed', () => {
  test('comes back byte for byte, with what the server said of it', async () => {
    const { shelf } = await aShelf();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await shelf.keep(SCOPE, 'a/../b', { ...aDocument('', 1_000), bytes });
    const found = await shelf.find(SCOPE, 'a/../b', 1_000);
    expect([...(found?.bytes ?? [])]).toEqual([...bytes]);
    expect(found).toMatchObject({ ...aDocument('', 1_000), bytes: expect.anything() });
    expect(await shelf.find(SCOPE, 'another', 1_000)).toBeNull();
    expect(await shelf.find({ ...SCOPE, mode: 'live' }, 'a/../b', 1_000)).toBeNull();
  });

  test('is kept as long as it is among the newest of its feed, and once where it did not change', async () => {
    const { shelf } = await aShelf();
    for (let at = 1; at <= 20; at += 1) await shelf.keep(SCOPE, 'jpo', aDocument(`version ${at >> 1}`, at));
    const kept = (await shelf.list(SCOPE, 'jpo')).map(({ readAt }) => readAt);
    expect(kept).toEqual([20, 18, 16, 14, 12]);
    expect(kept).toHaveLength(documentLimits.perFeed);
  });

  test('is removed when it is old, with the folder of a feed that has no other', async () => {
    const { shelf, folder } = await aShelf();
    await shelf.keep(SCOPE, 'gone', aDocument('x', 1));
    await shelf.keep(SCOPE, 'jpo', aDocument('x', 1));
    await shelf.keep(SCOPE, 'jpo', aDocument('y', 5));
    expect(await shelf.forget(5)).toBe(2);
    expect((await shelf.list(SCOPE, 'jpo')).map(({ readAt }) => readAt)).toEqual([5]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('that is too large is not kept', async () => {
    const { shelf } = await aShelf();
    await shelf.keep(SCOPE, 'jpo', aDocument('x'.repeat(documentLimits.maxBytes + 1), 1));
    expect(await shelf.list(SCOPE, 'jpo')).toEqual([]);
  });

  test('that cannot be kept is told of, and costs nothing else', async () => {
    const { shelf, folder } = await aShelf();
    await writeFile(folder, 'a file stands where the folder should be');
    await shelf.keep(SCOPE, 'jpo', aDocument('x', 1));
    expect(await shelf.list(SCOPE, 'jpo')).toEqual([]);
    expect(await shelf.find(SCOPE, 'jpo', 1)).toBeNull();
    expect(warnings.length).toBeGreaterThan(0);
  });
});
