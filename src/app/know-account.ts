import type { Unreadable } from '../publish/publisher.ts';
import type { App } from './app.ts';

export type Account =
  | { kind: 'known'; accountId: string }
  /** The credentials belong to somebody else than the configuration names: nothing may be posted with them. */
  | { kind: 'other-account'; handle: string }
  | Unreadable;

const FACT = 'account';
const NAME = 'account-name';

/**
 * Whose credentials these are. X is asked once for each set of credentials, and the answer is remembered with
 * their fingerprint: exchanged credentials are asked about again before anything is posted with them.
 */
export async function knowAccount(app: App, signal: AbortSignal): Promise<Account> {
  const remembered = await app.store.fact(app.scope, FACT);
  const prefix = `${app.credentialsId}:`;
  if (remembered?.startsWith(prefix) === true)
    return { kind: 'known', accountId: remembered.slice(prefix.length) };
  const identity = await app.publisher.identity(signal);
  if (identity.kind !== 'known') return identity;
  if (identity.handle.toLowerCase() !== app.scope.account.toLowerCase())
    return { kind: 'other-account', handle: identity.handle };
  await app.store.setFact(app.scope, NAME, identity.name);
  await app.store.setFact(app.scope, FACT, prefix + identity.accountId);
  return { kind: 'known', accountId: identity.accountId };
}

/** The account's name as X shows it above its posts; null as long as X was not asked. */
export function accountName({ store, scope }: App): Promise<string | null> {
  return store.fact(scope, NAME);
}
