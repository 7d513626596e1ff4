import { createHash } from 'node:crypto';

/** The only account that the sandbox knows. `id` is a decimal string, as at X. */
export type SandboxAccount = { id: string; handle: string; name: string };

/** OAuth 1.0a keys that the sandbox accepts. They open nothing but the sandbox, so they are no secret. */
export type SandboxCredentials = {
  apiKey: string;
  apiSecret: string;
  accessToken: string;
  accessSecret: string;
};

/** Used where nothing is configured. The words make a mix-up with real keys visible at once. */
export const SANDBOX_CREDENTIALS: SandboxCredentials = {
  apiKey: 'sandbox-api-key',
  apiSecret: 'sandbox-api-secret',
  accessToken: '1000000001-sandbox-access-token',
  accessSecret: 'sandbox-access-secret',
};

/** Fifteen characters, the most that X allows. */
export const SANDBOX_HANDLE = 'kosatsu_sandbox';

export const SANDBOX_NAME = '特許庁（サンドボックス）';

/** The same handle keeps the same id over restarts, so that stored entries still find their account. */
export function sandboxAccount(handle: string, name: string): SandboxAccount {
  const digest = createHash('sha256').update(handle.toLowerCase()).digest();
  return { id: (1_000_000_000n + BigInt(digest.readUInt32BE(0))).toString(), handle, name };
}
