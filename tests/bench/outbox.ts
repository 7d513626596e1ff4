import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteLease } from '../../src/adapters/sqlite/lease.ts';
import { openSqliteOutbox } from '../../src/adapters/sqlite/open-outbox.ts';
import { NOW, SCOPE, anAttempt, anEntry, eventFor } from '../outbox/sample-entries.ts';
import { compare, type Measured } from './measure.ts';

const ROUNDS = { warm: 20, counted: 200 };

/** An attempt made durable and its outcome written, two transactions with their history, beside one durable insert of as much text. */
export async function measureOutbox(): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kosatsu-bench-'));
  const store = openSqliteOutbox({ dataDir });
  const bare = new DatabaseSync(join(dataDir, 'bare.db'));
  bare.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id TEXT PRIMARY KEY, text TEXT) STRICT',
  );
  const insert = bare.prepare('INSERT INTO t VALUES (?, ?)');
  const row = JSON.stringify(anEntry());
  try {
    const request = await new SqliteLease({ dataDir, now: () => NOW }).acquire('bench', 0);
    if (request.kind !== 'held') throw new Error('busy');
    const { epoch } = request.lease;
    await request.lease.release();
    const { warm, counted } = ROUNDS;
    for (let n = 0; n < warm + counted; n += 1) await store.recordEntry(anEntry({ id: `e${n}` }));
    const ours = async (round: number): Promise<void> => {
      const { number: _, ...attempt } = anAttempt({ nonce: `n${round}`, epoch });
      const claimed = await store.claim({
        scope: SCOPE,
        slot: 'main',
        now: NOW + 1_000,
        epoch,
        overridePauseOnly: false,
        attempt,
      });
      if (claimed.kind !== 'claimed') throw new Error(`not claimed: ${claimed.kind}`);
      const applied = await store.apply(claimed.entry.id, eventFor(claimed.entry, 'accepted'));
      if (applied.kind !== 'applied') throw new Error(`not settled: ${applied.kind}`);
    };
    return await compare(
      'claim and settle a post / one durable insert',
      { ours, bare: async (round) => insert.run(`e${round}`, row) },
      ROUNDS,
    );
  } finally {
    bare.close();
    await store.close();
    rmSync(dataDir, { recursive: true });
  }
}
