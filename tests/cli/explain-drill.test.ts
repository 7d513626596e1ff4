import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { edges } from '../../src/assemble-edges.ts';
import { typed, type Ran } from './command-line.ts';

const CWD = resolve(import.meta.dirname, '../..');

/** Runs the real command in this process, in a folder of its own. */
async function check(words: readonly string[], answers: readonly string[], code: number): Promise<Ran> {
  const data = mkdtempSync(join(tmpdir(), 'kosatsu-cli-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const env = { LOG_LEVEL: 'silent', LC_ALL: 'C' };
  const ran = await typed([...words, '--data', data], { edges, answers, env, cwd: CWD });
  expect([ran.code, ran.err]).toEqual([code, expect.anything()]);
  return ran;
}

test('explain says the class and why, and as JSON', async () => {
  const title = '台風により影響を受けた手続の取扱いについて';
  const told = await check(['explain', title], [], 0);
  expect(told.out).toContain('is an urgent disaster-relief notice');
  const json = await check(['explain', title, '--json'], [], 0);
  expect(JSON.parse(json.out)).toMatchObject({ class: 'urgent', rule: 'affected-procedures' });
});

test('explain asks for one title in quotation marks', async () => {
  expect((await check(['explain'], [], 2)).err).toContain('quotation marks');
  expect((await check(['explain', 'Two', 'words'], [], 2)).err).toContain('words');
});

test('drill asks what urgent and withdraw ask, and prints its times', async () => {
  const ran = await check(['drill', '--by', 'tanaka'], ['y', 'y'], 0);
  expect(ran.err).toContain('【訓練】');
  expect(ran.err.match(/\[y\/N\]/gu)).toHaveLength(2);
  expect(ran.out).toMatch(/by tanaka.*\n(?:\s+\d+\.\d{3} s .*\n?){6}$/u);
});

test('a drill that is not confirmed ends with exit 3', async () => {
  const ran = await check(['drill', '--by', 'tanaka'], ['n'], 3);
  expect(ran.err).toContain('Nothing reached the real account');
});
