import { setTimeout as wait } from 'node:timers/promises';
import { createXPublisher } from '../../../../src/adapters/x/x-publisher.ts';
import { CREDENTIALS, SCOPE, claimedEntry } from '../an-entry.ts';

/**
 * A process that connects, claims, says so, and posts 500 ms later, so that it can be frozen in between.
 * `fenced` is what the program does; `unfenced` shows that the freeze would otherwise let a stale post leave.
 */
const [port = '', fencing = '', deadlineMs = '5000'] = process.argv.slice(2);
const CLAIM_MAX_AGE_MS = 1_700;

const apiUrl = new URL(`http://127.0.0.1:${port}`);
const publisher = createXPublisher({ credentials: CREDENTIALS, apiUrl, scope: SCOPE, now: () => Date.now() });
const prepared = await publisher.prepare(new AbortController().signal);
if (prepared.kind !== 'ready') throw new Error(prepared.detail);
const claimedAt = performance.now();
process.stdout.write('claimed\n');
await wait(500);
const outcome = await publisher.publish(
  prepared.connection,
  claimedEntry(),
  () => {
    const ageMs = performance.now() - claimedAt;
    if (fencing === 'fenced' && ageMs > CLAIM_MAX_AGE_MS)
      return { kind: 'stop', detail: 'the claim is too old' };
    return { kind: 'go' };
  },
  Number(deadlineMs),
);
process.stdout.write(`${JSON.stringify(outcome)}\n`);
