import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createXPublisher } from '../../../src/adapters/x/x-publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from './an-entry.ts';
import { FakeX, answer, http } from './fake-x.ts';

const created = answer(http(201, { data: { id: '12' } }));
const SCRIPT = fileURLToPath(new URL('./frozen/post-once.ts', import.meta.url));

type Freeze = { afterMs: number; forMs: number; fencing: 'fenced' | 'unfenced' };

type Frozen = { kind: string; posts: number };

/** A busy machine may freeze the process only after its write, and then nothing is shown: the scene is set anew. */
async function freeze(how: Freeze): Promise<Frozen> {
  for (let scene = 0; scene < 5; scene += 1) {
    const frozen = await tryToFreeze(how);
    if (frozen !== 'too late') return frozen;
  }
  throw new Error('no process was frozen before its write in five scenes');
}

/** Freezes a process between its claim and its write, thaws it, and tells what it says and what left. */
async function tryToFreeze({ afterMs, forMs, fencing }: Freeze): Promise<Frozen | 'too late'> {
  await using x = await FakeX.start(created);
  const child = spawn(process.execPath, [SCRIPT, String(x.port), fencing], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const said = output(child);
    await said.first;
    await wait(afterMs);
    child.kill('SIGSTOP');
    await wait(forMs);
    // What it had written before it stood still has arrived by now.
    if (x.posts.length > 0) return 'too late';
    child.kill('SIGCONT');
    if (child.exitCode === null) await once(child, 'close');
    const outcome: unknown = JSON.parse(said.text.split('\n')[1] ?? 'null');
    const kind =
      typeof outcome === 'object' && outcome !== null && 'kind' in outcome ? String(outcome.kind) : 'nothing';
    return { kind, posts: x.posts.length };
  } finally {
    child.kill('SIGKILL');
  }
}

/** What the process has said; `first` resolves at its first words. */
function output(child: ChildProcess): { text: string; first: Promise<void> } {
  const first = Promise.withResolvers<void>();
  const said = { text: '', first: first.promise };
  child.stdout?.on('data', (chunk: Buffer) => {
    said.text += chunk.toString();
    first.resolve();
  });
  return said;
}

describe('a process frozen between claim and write', () => {
  test.each([0, 50, 150, 250])('after %i ms sends nothing when it thaws', async (afterMs) => {
    expect(await freeze({ afterMs, forMs: 2_000, fencing: 'fenced' })).toEqual({
      kind: 'not-sent',
      posts: 0,
    });
  });
  test('but briefly enough still posts', async () => {
    expect(await freeze({ afterMs: 20, forMs: 50, fencing: 'fenced' })).toEqual({
      kind: 'published',
      posts: 1,
    });
  });
  test('would post late without the fence', async () => {
    expect(await freeze({ afterMs: 20, forMs: 2_000, fencing: 'unfenced' })).toEqual({
      kind: 'published',
      posts: 1,
    });
  });
});

test('a process frozen after its write finds the answer that came meanwhile, though the deadline has passed', async () => {
  const asked = Promise.withResolvers<void>();
  await using x = await FakeX.start((socket, request, count) => {
    asked.resolve();
    setTimeout(() => created(socket, request, count), 300);
  });
  const child = spawn(process.execPath, [SCRIPT, String(x.port), 'fenced', '1500'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const said = output(child);
    await asked.promise;
    child.kill('SIGSTOP');
    await wait(2_000);
    child.kill('SIGCONT');
    if (child.exitCode === null) await once(child, 'close');
    expect(JSON.parse(said.text.split('\n')[1] ?? 'null')).toEqual({ kind: 'published', remoteId: '12' });
  } finally {
    child.kill('SIGKILL');
  }
});

describe('the fence', () => {
  test('is asked once, when the whole request is ready and nothing of it has left', async () => {
    await using x = await FakeX.start(created);
    const publisher = createXPublisher({
      credentials: CREDENTIALS,
      apiUrl: x.url,
      scope: SCOPE,
      now: () => Date.now(),
    });
    const prepared = await publisher.prepare(new AbortController().signal);
    if (prepared.kind !== 'ready') throw new Error(prepared.detail);
    let asked = 0;
    const outcome = await publisher.publish(
      prepared.connection,
      claimedEntry(),
      () => {
        asked += 1;
        // A process that stands still here for long is the same as one that was frozen here.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        return { kind: 'stop', detail: 'the lease is no longer sure' };
      },
      3_000,
    );
    expect(outcome).toEqual({ kind: 'not-sent', cause: 'fence', detail: 'the lease is no longer sure' });
    expect(await x.allClosed()).toBe(true);
    expect([asked, x.requests.length]).toEqual([1, 0]);
  });

  test('that throws stops the post', async () => {
    await using x = await FakeX.start(created);
    const publisher = createXPublisher({
      credentials: CREDENTIALS,
      apiUrl: x.url,
      scope: SCOPE,
      now: () => Date.now(),
    });
    const prepared = await publisher.prepare(new AbortController().signal);
    if (prepared.kind !== 'ready') throw new Error(prepared.detail);
    const fence = (): never => {
      throw new Error('the clock is broken');
    };
    const outcome = await publisher.publish(prepared.connection, claimedEntry(), fence, 3_000);
    expect(outcome).toMatchObject({ kind: 'not-sent', cause: 'fence' });
    expect(await x.allClosed()).toBe(true);
    expect(x.requests).toEqual([]);
  });
});
