import { randomBytes, randomInt } from 'node:crypto';
import type { Randomness } from '../../app/ports.ts';

/** Crockford's base 32: no letter that is read as a digit or as another letter over the telephone. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 45 bits of milliseconds: enough until the year 3084. */
const TIME_LETTERS = 9;
/** 20 bits drawn: two processes that make an entry in the same millisecond still differ. */
const DRAWN_LETTERS = 4;
const DRAWN_RANGE = 32 ** DRAWN_LETTERS;

/** Ids, nonces and jitter from the system's generator. Ids made in one millisecond by one process keep their order. */
export function createRandomness(): Randomness {
  let lastAt = Number.NaN;
  let lastDrawn = 0;
  return {
    entryId(now) {
      // The first draw stays in the lower half, so that the following ids of the same millisecond have room above it.
      lastDrawn = now === lastAt ? lastDrawn + 1 : randomInt(DRAWN_RANGE / 2);
      lastAt = now;
      return base32(now, TIME_LETTERS) + base32(lastDrawn, DRAWN_LETTERS);
    },
    nonce: () => randomBytes(16).toString('hex'),
    secret: () => randomBytes(32).toString('hex'),
    fraction: () => randomInt(2 ** 48 - 1) / (2 ** 48 - 1),
  };
}

function base32(value: number, letters: number): string {
  let rest = Math.max(0, Math.floor(value));
  let text = '';
  for (let index = 0; index < letters; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
