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
  const account = await askAccount(app, signal);
  if (account.kind !== 'known' || account.name === null) return account;
  await app.store.setFact(app.scope, NAME, account.name);
  await app.store.setFact(app.scope, FACT, `${app.credentialsId}:${account.accountId}`);
  return account;
}

/** The same for who only looks: what X answers is not remembered. `name` is null where X had not to be asked. */
export async function askAccount(
  app: App,
  signal: AbortSignal,
): Promise<Exclude<Account, { kind: 'known' }> | (Account & { kind: 'known'; name: string | null })> {
  const remembered = await app.store.fact(app.scope, FACT);
  const prefix = `${app.credentialsId}:`;
  if (remembered?.startsWith(prefix) === true)
    return { kind: 'known', accountId: remembered.slice(prefix.length), name: null };
  const identity = await app.publisher.identity(signal);
  if (identity.kind !== 'known') return identity;
  if (identity.handle.toLowerCase() !== app.scope.account.toLowerCase())
    return { kind: 'other-account', handle: identity.handle };
  return { kind: 'known', accountId: identity.accountId, name: identity.name };
}

/** The account's name as X shows it above its posts; null as long as X was not asked. */
export function accountName({ store, scope }: App): Promise<string | null> {
  return store.fact(scope, NAME);
}
