import { reconcileLimits } from '../../src/limits/publishing.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import type { OutboxStore } from '../../src/outbox/outbox-store.ts';
import { transition } from '../../src/outbox/transition.ts';
import { post } from './simulated-app.ts';
import type { Mutant } from './stage.ts';

/** The program as it is. */
export const NO_MUTANT: Mutant = {
  config: (config) => config,
  store: (store) => store,
  publisher: (publisher) => publisher,
  outcome: (outcome) => outcome,
  unsyncedCommits: false,
  leaseClock: 'database',
};

/** The store with some methods done otherwise. */
function withMethods(store: OutboxStore, methods: Partial<OutboxStore>): OutboxStore {
  return new Proxy(store, {
    get(target, name: string) {
      const own = methods[name as keyof OutboxStore];
      return own ?? target[name as keyof OutboxStore];
    },
  });
}

/** Events after which what may have been at X is known not to be. */
const COMES_BACK: ReadonlySet<string> = new Set(['not-sent', 'later', 'not-found', 'resolve-not-published']);

const go = (): { kind: 'go' } => ({ kind: 'go' });

/** Each planted defect, by what it does wrong. */
export const MUTANTS = {
  'no fence before the write': {
    ...NO_MUTANT,
    publisher: (publisher) => ({
      ...publisher,
      publish: (connection, entry, _fence, ms) => publisher.publish(connection, entry, go, ms),
    }),
  },
  'quarantine cut to a fifth': {
    ...NO_MUTANT,
    config: (config) => {
      const { reconcile } = config.channel;
      const quarantineMs = reconcile.quarantineMs / 5;
      return {
        ...config,
        channel: { ...config.channel, reconcile: { ...reconcile, quarantineMs, missSpacingMs: 1_000 } },
      };
    },
    publisher: (publisher) => ({
      ...publisher,
      // With the margin of the claim's deadline gone too, as where the quarantine began at the write.
      ownPosts: async (request) => {
        const read = await publisher.ownPosts(request);
        return read.kind === 'read' ? { ...read, beganAt: read.beganAt + 35_000 } : read;
      },
    }),
  },
  'a server error taken for not sent': {
    ...NO_MUTANT,
    outcome: (outcome, answer) =>
      answer.kind === 'response' && answer.status >= 500
        ? { kind: 'not-sent', cause: 'network', detail: '5xx' }
        : outcome,
  },
  'a lost answer taken for not sent': {
    ...NO_MUTANT,
    outcome: (outcome, answer) =>
      answer.kind === 'failure' ? { kind: 'not-sent', cause: 'network', detail: 'lost' } : outcome,
  },
  'a 2xx without an id taken for success': {
    ...NO_MUTANT,
    outcome: (outcome, answer) =>
      answer.kind === 'response' && answer.status === 200 ? { kind: 'published', remoteId: '9' } : outcome,
  },
  'a refused repeat taken for success': {
    ...NO_MUTANT,
    outcome: (outcome) => (outcome.kind === 'duplicate' ? { kind: 'published', remoteId: '8' } : outcome),
  },
  'the attempt recorded after the POST': {
    ...NO_MUTANT,
    store: (store) => {
      const claims = new Map<string, Parameters<OutboxStore['claim']>[0]>();
      return withMethods(store, {
        claim: async (request) => {
          const entry = await store.peekDue(request);
          if (entry === null) return { kind: 'nothing-due', nextDueAt: null };
          claims.set(entry.id, request);
          const attempt = { ...request.attempt, number: entry.attempts + 1 };
          return {
            kind: 'claimed',
            entry: { ...entry, state: 'attempting', attempt, attempts: attempt.number },
          };
        },
        apply: async (id, event) => {
          const claim = claims.get(id);
          if (claim !== undefined) await store.claim(claim);
          claims.delete(id);
          return store.apply(id, event);
        },
      });
    },
  },
  'no recovery at the start': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        list: (filter) =>
          filter.states?.includes('attempting') === true ? Promise.resolve([]) : store.list(filter),
      }),
  },
  'an attempt left over goes back to the queue': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        apply: async (id, event) => {
          if (event.kind !== 'recovered') return store.apply(id, event);
          const entry = await store.find(id);
          const nonce = entry?.attempt?.nonce ?? '';
          return store.apply(id, {
            kind: 'not-sent',
            at: event.at,
            by: event.by,
            nonce,
            retryAt: event.at,
            detail: 'expired',
          });
        },
      }),
  },
  'text composed again on a retry': {
    ...NO_MUTANT,
    publisher: (publisher, world, life) => ({
      ...publisher,
      publish: (_connection, entry, fence, ms) =>
        post(
          world,
          life,
          entry.attempts > 1 ? { ...entry, text: `${entry.text}（再送）` } : entry,
          fence,
          ms,
        ),
    }),
  },
  'validators stored before the items': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        recordPoll: async (record) => {
          await store.saveFeedState(record.scope, record.feed);
          await store.recordPoll(record);
        },
      }),
  },
  'items marked seen before their entries': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        recordPoll: async (record) => {
          await store.recordPoll({ ...record, entries: [], supersede: [] });
          await store.recordPoll(record);
        },
      }),
  },
  'a retry inside the adapter': {
    ...NO_MUTANT,
    publisher: (publisher) => ({
      ...publisher,
      publish: async (connection, entry, fence, ms) => {
        const first = await publisher.publish(connection, entry, fence, ms);
        return first.kind === 'uncertain' ? publisher.publish(connection, entry, fence, ms) : first;
      },
    }),
  },
  'commits that do not reach the disk': { ...NO_MUTANT, unsyncedCommits: true },
  'no comparison with the account after a restored copy': {
    ...NO_MUTANT,
    publisher: (publisher) => ({
      ...publisher,
      // What is read at the start, a whole window back, comes empty; reads for a doubt do not.
      ownPosts: async (request) => {
        const read = await publisher.ownPosts(request);
        const window = 20 * 86_400_000;
        const isGuard =
          read.kind === 'read' &&
          request.sinceId !== null &&
          isOlderThan(request.sinceId, window, read.beganAt);
        return isGuard ? { ...read, posts: [] } : read;
      },
    }),
  },
  'one look is enough': {
    ...NO_MUTANT,
    config: (config) => ({
      ...config,
      channel: {
        ...config.channel,
        reconcile: { quarantineMs: 0, missSpacingMs: 0, missesNeeded: 1, readsMax: 20 },
      },
    }),
    publisher: (publisher) => ({
      ...publisher,
      ownPosts: async (request) => {
        const read = await publisher.ownPosts(request);
        return read.kind === 'read' ? { ...read, beganAt: Number.MAX_SAFE_INTEGER } : read;
      },
    }),
  },
  'throttling that does not stop the account': {
    ...NO_MUTANT,
    outcome: (outcome) =>
      outcome.kind === 'throttled' ? { kind: 'not-sent', cause: 'network', detail: '429' } : outcome,
  },
  'urgent posts behind main ones': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        peekDue: async (request) => {
          if (request.slot === 'main') return store.peekDue(request);
          const main = await store.list({ scope: request.scope, states: ['queued', 'attempting'] });
          return main.some((entry: Entry) => entry.topic === 'main') ? null : store.peekDue(request);
        },
      }),
  },
  'a predecessor that comes back is sent all the same': {
    ...NO_MUTANT,
    store: (store, stage) =>
      withMethods(store, {
        apply: async (id, event, alongside) => {
          const before = await store.find(id);
          const applied = await store.apply(id, event, alongside);
          const { entries } = stage.store.peek();
          const isReplaced = entries.get(id)?.state === 'cancelled' && event.kind !== 'supersede';
          const moved = before === null || !isReplaced ? null : transition(before, event);
          if (moved?.kind !== 'moved' || !COMES_BACK.has(event.kind)) return applied;
          entries.set(id, moved.entry);
          return { kind: 'applied', entry: moved.entry };
        },
      }),
  },
  'a newer report leaves its unsent predecessor in the queue': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, { recordPoll: (record) => store.recordPoll({ ...record, supersede: [] }) }),
  },
  'an update that does not know what it follows': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        recordPoll: (record) =>
          store.recordPoll({
            ...record,
            entries: record.entries.map((entry) => ({ ...entry, predecessorId: null })),
            supersede: [],
          }),
      }),
  },
  'a poll is recorded although the feed has been polled since': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        recordPoll: (record) => {
          const { lastPollBefore, ...unasked } = record;
          void lastPollBefore;
          return store.recordPoll(unasked);
        },
      }),
  },
  'a lease whose end is judged by the clock of whoever asks': { ...NO_MUTANT, leaseClock: 'asker' },
  'a doubt whose age is read from the dates of two machines': {
    ...NO_MUTANT,
    store: (store) =>
      withMethods(store, {
        apply: async (id, event, alongside) => {
          const entry = event.kind === 'looked' && !event.counts ? await store.find(id) : null;
          if (!entry?.attempt || event.kind !== 'looked') return store.apply(id, event, alongside);
          const { misses = 0, lastReadAt = null } = entry.search ?? {};
          const isOld = event.at - entry.attempt.deadlineAt >= reconcileLimits.quarantineMs;
          const isSpaced = lastReadAt === null || event.at - lastReadAt >= reconcileLimits.missSpacingMs;
          if (!isOld || (misses > 0 && !isSpaced)) return store.apply(id, event, alongside);
          const { at, by } = event;
          return misses + 1 < reconcileLimits.missesNeeded
            ? store.apply(id, { ...event, counts: true })
            : store.apply(id, { kind: 'not-found', at, by, retryAt: at });
        },
      }),
  },
} as const satisfies Record<string, Mutant>;
export type MutantName = keyof typeof MUTANTS;

function isOlderThan(id: string, ms: number, now: number): boolean {
  return Number(BigInt(id) >> 22n) + 1_288_834_974_657 < now - ms;
}
