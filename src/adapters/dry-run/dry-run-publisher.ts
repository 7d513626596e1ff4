import type { Scope } from '../../outbox/entry.ts';
import type { Publisher, Unreadable } from '../../publish/publisher.ts';

const DETAIL = 'dry run: nothing is sent and nothing is read';
const UNREADABLE: Unreadable = { kind: 'unreadable', cause: 'network', until: null, detail: DETAIL };

/** A publisher for previews and dry runs. It has no way to X at all, so that no mistake elsewhere can make it post. */
export function createDryRunPublisher(scope: Scope): Publisher {
  return {
    scope,
    prepare: () => Promise.resolve({ kind: 'not-sent', detail: DETAIL }),
    publish: (connection) => {
      connection.close();
      return Promise.resolve({ kind: 'not-sent', cause: 'fence', detail: DETAIL });
    },
    identity: () => Promise.resolve(UNREADABLE),
    ownPosts: () => Promise.resolve(UNREADABLE),
    withdraw: () => Promise.resolve({ kind: 'doubt', detail: DETAIL, retryAt: null }),
  };
}
