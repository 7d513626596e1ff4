import { createHash } from 'node:crypto';

/**
 * SHA-256 (hex) of what would be published and where: text, media (none yet), account, and the mode where it is given.
 * Approvals sign it and the publisher computes it again. The form is canonical: keys in alphabetical order, account
 * without `@` and in lower case, since X's handles have no case; the text counts byte for byte.
 */
export function textHash({ text, account, mode }: { text: string; account: string; mode?: string }): string {
  const canonical = JSON.stringify({
    account: account.replace(/^@/u, '').toLowerCase(),
    media: [],
    mode: mode ?? null,
    text,
  });
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
