import { createHash, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../feed/item.ts';
import type { AccessToken, Operator } from './operator.ts';

/** So that a token that leaks is recognised for what it is, by people and by scanners. */
const PREFIX = 'kosatsu_';

/** The words that their owner keeps, of 32 random bytes as hexadecimal. */
export function tokenText(secret: string): string {
  return `${PREFIX}${secret}`;
}

/** What is stored of a token. 256 random bits need no slow hash: there is nothing to guess. */
export function tokenHash(text: string): string {
  return createHash('sha256').update(text.trim(), 'utf8').digest('hex');
}

/** The operator's own token that these words are, if it is valid now; null otherwise. */
export function findToken(operator: Operator, text: string, now: EpochMs): AccessToken | null {
  const given = Buffer.from(tokenHash(text), 'hex');
  const found = operator.tokens.find(({ hash }) => {
    const stored = Buffer.from(hash, 'hex');
    return stored.length === given.length && timingSafeEqual(stored, given);
  });
  if (found === undefined || operator.disabledAt !== null || found.revokedAt !== null) return null;
  return found.expiresAt === null || found.expiresAt > now ? found : null;
}
