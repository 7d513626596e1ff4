import { textHash } from '../../../src/compose/text-hash.ts';
import type { Entry, Scope } from '../../../src/outbox/entry.ts';

export const SCOPE: Scope = { mode: 'sandbox', account: 'kosatsu_test' };

export const CREDENTIALS = {
  apiKey: 'key',
  apiSecret: 'key-secret',
  accessToken: 'token',
  accessSecret: 'token-secret',
};

/** An entry that was claimed a moment ago. */
export function claimedEntry(changes: Partial<Entry> = {}): Entry {
  const at = Date.now();
  const { mode, account } = { ...SCOPE, ...changes };
  const text = changes.text ?? '特許庁からのお知らせ https://www.jpo.go.jp/news/a.html';
  return {
    ...SCOPE,
    id: 'e1',
    kind: 'announcement',
    topic: 'main',
    state: 'attempting',
    lang: 'ja',
    text,
    weight: 60,
    url: 'https://www.jpo.go.jp/news/a.html',
    textHash: textHash({ text, mode, account }),
    textKey: 'key',
    originKey: 'origin',
    rule: 'main',
    reasons: [],
    policyVersion: '1',
    source: null,
    template: 'main',
    predecessorId: null,
    correctsId: null,
    batchId: null,
    approvals: [],
    approvalsNeeded: 0,
    createdAt: at,
    dueAt: at,
    heldSince: null,
    needsPerson: false,
    attempts: 1,
    attempt: { number: 1, at, nonce: 'n1', epoch: 1, deadlineAt: at + 35_000, sinceRemoteId: null },
    firstAttemptAt: at,
    search: null,
    remoteId: null,
    publishedAt: null,
    note: null,
    by: 'kosatsu',
    overridePause: false,
    revision: 1,
    ...changes,
  };
}
