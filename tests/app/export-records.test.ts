import { describe, expect, test } from 'vitest';
import { exportRecords, ExportStopped, type ExportRequest } from '../../src/app/export-records.ts';
import { stopTask } from '../../src/app/stop-task.ts';
import { consoleLimits } from '../../src/limits/edges.ts';
import { aFakeApp, aRealEntry, START, type FakeApp } from './fake-app.ts';

const ALL = { text: '', by: '', state: null, madeFrom: null, madeBefore: null };
const POSTS = { what: 'posts', search: ALL, format: 'jsonl', lang: 'ja', by: 'sato' } as const;
const AUDIT = { what: 'audit', from: 0, to: START * 2, format: 'csv', lang: 'ja', by: 'sato' } as const;

async function anApp(posts: number): Promise<FakeApp> {
  const app = aFakeApp();
  for (let no = 0; no < posts; no += 1)
    await app.store.recordEntry(
      aRealEntry({ id: `e${String(no)}`, originKey: String(no), createdAt: START + no }),
    );
  return app;
}

async function linesOf(app: FakeApp, request: ExportRequest): Promise<AsyncGenerator<string>> {
  const result = await exportRecords(app, request);
  if (result.kind === 'refused') throw new Error(result.message);
  return result.lines;
}

describe('an export', () => {
  test.each([
    ['posts', POSTS],
    ['audit', AUDIT],
  ] as const)('of %s tells how far it is and is gone at its end', async (what, request) => {
    const app = await anApp(consoleLimits.searchedAtOnce + 5);
    const faces = new Set<string>();
    app.progress.listen(() => {
      for (const { kind, done, total } of app.progress.list())
        faces.add(`${kind} ${String(done)}/${String(total)}`);
    });
    let lines = 0;
    for await (const line of await linesOf(app, request)) if (line !== '') lines += 1;
    // The log has a record for every post and one for the export, and the table a head.
    expect(lines).toBe(what === 'posts' ? 505 : 507);
    const last = what === 'posts' ? '505/505' : '506/506';
    expect([...faces].at(-1)).toBe(`export-${what} ${last}`);
    expect(faces.size).toBeGreaterThan(2);
    expect(app.progress.list()).toEqual([]);
  });

  test.each([
    ['posts', POSTS, /^\{"incomplete":true/u],
    ['audit', AUDIT, /^"【不完全】/u],
  ] as const)(
    'of %s that a person stops ends with a line that says so, and with an error',
    async (_, request, mark) => {
      const app = await anApp(consoleLimits.searchedAtOnce * 2);
      const written: string[] = [];
      const ended = (async (): Promise<void> => {
        for await (const line of await linesOf(app, request)) {
          written.push(line);
          if (written.length === 10) await stopTask(app, { id: 't1', by: 'sato', reason: null });
        }
      })();
      await expect(ended).rejects.toThrow(ExportStopped);
      expect(written.at(-1)).toMatch(mark);
      expect(written.length).toBeLessThan(consoleLimits.searchedAtOnce * 2);
      expect(app.progress.list()).toEqual([]);
    },
  );

  test('whose reader went away is over', async () => {
    const app = await anApp(3);
    for await (const line of await linesOf(app, POSTS)) {
      expect(line).toContain('e0');
      expect(app.progress.list()).toHaveLength(1);
      break;
    }
    expect(app.progress.list()).toEqual([]);
  });
});
