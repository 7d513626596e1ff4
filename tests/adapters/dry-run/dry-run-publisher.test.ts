import { expect, test } from 'vitest';
import { createDryRunPublisher } from '../../../src/adapters/dry-run/dry-run-publisher.ts';
import { SCOPE, claimedEntry } from '../x/an-entry.ts';

test('a dry run prepares, sends, reads and deletes nothing, and says so', async () => {
  const publisher = createDryRunPublisher(SCOPE);
  const signal = new AbortController().signal;
  let closed = 0;
  let fenceAsked = 0;
  const connection = { close: () => void (closed += 1) };
  const fence = (): { kind: 'go' } => {
    fenceAsked += 1;
    return { kind: 'go' };
  };
  const kinds = [
    await publisher.prepare(signal),
    await publisher.publish(connection, claimedEntry(), fence, 1_000),
    await publisher.identity(signal),
    await publisher.ownPosts({ accountId: '1', sinceId: null, signal }),
    await publisher.withdraw('1', 1_000),
  ].map((answer) => answer.kind);
  expect(kinds).toEqual(['not-sent', 'not-sent', 'unreadable', 'unreadable', 'doubt']);
  expect([closed, fenceAsked, publisher.scope]).toEqual([1, 0, SCOPE]);
});
