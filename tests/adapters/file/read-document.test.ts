import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocumentFile } from '../../../src/adapters/file/read-document.ts';

describe('a file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kosatsu-file-'));
    await writeFile(join(folder, 'news.rdf'), Buffer.from([0x83, 0x4c, 0x00, 0xff]));
    await writeFile(join(folder, 'empty.xml'), '');
    await writeFile(join(folder, 'large.xml'), Buffer.alloc(2_000));
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const check = (name: string, path: () => string, expected: object): void => {
    test(`that ${name}`, async () => {
      expect(await readDocumentFile(path(), 1_000)).toMatchObject(expected);
    });
  };
  check('is there is read byte for byte', () => join(folder, 'news.rdf'), {
    kind: 'document',
    bytes: Buffer.from([0x83, 0x4c, 0x00, 0xff]),
  });
  check('is empty is read as nothing', () => join(folder, 'empty.xml'), {
    kind: 'document',
    bytes: Buffer.alloc(0),
  });
  check('is too large is refused', () => join(folder, 'large.xml'), {
    kind: 'failed',
    problem: { code: 'too-large', detail: expect.stringMatching(/2000 bytes, 1000 allowed$/) as unknown },
  });
  check('is missing is told', () => join(folder, 'none.xml'), {
    kind: 'failed',
    problem: { code: 'unreachable', detail: expect.stringMatching(/^there is no file /) as unknown },
  });
  check('is a folder is refused', () => folder, {
    kind: 'failed',
    problem: { detail: expect.stringMatching(/ is not a file$/) as unknown },
  });
  check('is a pipe is refused and not waited for', () => join(folder, 'pipe'), {
    kind: 'failed',
    problem: { detail: expect.stringMatching(/ is not a file$/) as unknown },
  });
  check('is an endless device is refused', () => '/dev/zero', {
    kind: 'failed',
    problem: { detail: '/dev/zero is not a file' },
  });
  check('has a senseless name is told', () => 'a\0b', { kind: 'failed', problem: { code: 'unreachable' } });
});
