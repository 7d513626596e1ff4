import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgresOutbox, openPostgresReader } from '../../../src/adapters/postgres/open-outbox.ts';
import type { OutboxStore } from '../../../src/outbox/outbox-store.ts';
import { NOW, SCOPE, anEntry, eventFor } from '../../outbox/sample-entries.ts';
import { startPostgres } from './server.ts';

let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
let schemas = 0;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.stop());

type Cut = 'never' | 'before the commit' | 'after the commit' | 'at the first write';

/** A wire to the server that can be told where to break, once. */
async function aWire(): Promise<{ url: string; cut: (where: Cut) => void }> {
  const url = new URL(server?.url ?? '');
  const target = { port: Number(url.port), host: url.hostname };
  let where: Cut = 'never';
  const sockets = new Set<Socket>();
  const wire = createServer((client) => {
    const upstream = connect(target);
    sockets.add(client).add(upstream);
    const breakOff = (): void => {
      where = 'never';
      client.destroy();
      upstream.destroy();
    };
    let isCommitting = false;
    client.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (where === 'before the commit' && text.includes('COMMIT')) return breakOff();
      if (where === 'at the first write' && text.includes('INSERT')) return breakOff();
      if (where === 'after the commit' && text.includes('COMMIT')) isCommitting = true;
      return upstream.write(bytes);
    });
    upstream.on('data', (bytes) => (isCommitting ? breakOff() : client.write(bytes)));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  wire.listen(0, '127.0.0.1');
  await new Promise((resolve) => wire.once('listening', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    wire.close();
  });
  const address = wire.address();
  if (address === null || typeof address === 'string') throw new Error('the wire has no port');
  url.port = String(address.port);
  return { url: url.href, cut: (at) => (where = at) };
}

async function aStore(databaseUrl: string): Promise<OutboxStore> {
  const store = await openPostgresOutbox({ databaseUrl, schema: `outage_${String((schemas += 1))}` });
  onTestFinished(() => store.close());
  return store;
}

describe('when the connection breaks', () => {
  test('while committing, nobody claims to know what became of it, and both ends are possible', async () => {
    for (const [where, isThere] of [
      ['before the commit', false],
      ['after the commit', true],
    ] as const) {
      const wire = await aWire();
      const store = await aStore(wire.url);
      wire.cut(where);
      await expect(store.recordEntry(anEntry())).rejects.toMatchObject({ code: 'io', commitUnknown: true });
      expect((await store.find('e1')) !== null).toBe(isThere);
    }
  });

  test('before the commit, nothing was written and that is known', async () => {
    const wire = await aWire();
    const store = await aStore(wire.url);
    wire.cut('at the first write');
    await expect(store.recordEntry(anEntry())).rejects.toMatchObject({ code: 'io', commitUnknown: false });
    expect(await store.find('e1')).toBeNull();
    await store.recordEntry(anEntry());
    expect((await store.find('e1'))?.id).toBe('e1');
  });

  test('to a server that is not there, it is said and not waited for long', async () => {
    const begun = performance.now();
    const url = 'postgres://postgres:postgres@127.0.0.1:9/postgres';
    await expect(openPostgresOutbox({ databaseUrl: url })).rejects.toMatchObject({ code: 'io' });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

test('signs that PostgreSQL itself can not hold come back as they were', async () => {
  const store = await aStore(server?.url ?? '');
  const odd = 'a\u0000b\u{1F6A8}\uD800c';
  const entry = anEntry({ text: odd, textKey: odd, originKey: odd, note: odd });
  await store.recordEntry(entry);
  expect(await store.find('e1')).toEqual(entry);
  expect(await store.findByTextKey(SCOPE, odd, NOW)).toHaveLength(1);
  expect(await store.findByOriginKeys(SCOPE, [odd])).toHaveLength(1);
  await store.apply('e1', { ...eventFor(entry, 'cancel'), reason: odd });
  expect((await store.history('e1')).at(-1)?.reason).toBe(odd);
});

test('several first starts at once make one schema', async () => {
  const options = { databaseUrl: server?.url ?? '', schema: 'together' };
  const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresOutbox(options)));
  await stores[0]?.recordEntry(anEntry());
  expect((await stores[3]?.list({}))?.length).toBe(1);
  for (const store of stores) await store.close();
});

test('a reader makes nothing, changes nothing, and sees the newest commit', async () => {
  const options = { databaseUrl: server?.url ?? '', schema: 'read_only' };
  expect(await openPostgresReader(options)).toBeNull();
  expect(await openPostgresReader(options), 'nor did looking make it').toBeNull();
  const store = await openPostgresOutbox(options);
  const reader = await openPostgresReader(options);
  await store.recordEntry(anEntry());
  expect((await reader?.find('e1'))?.id).toBe('e1');
  await expect(reader?.setFact(SCOPE, 'a', 'b')).rejects.toMatchObject({ code: 'read-only' });
  await expect(reader?.apply('e1', eventFor(anEntry(), 'cancel'))).rejects.toMatchObject({
    code: 'read-only',
  });
  await reader?.close();
  await store.close();
});
