import { expect, test } from 'vitest';
import { createRandomness } from '../../../src/adapters/system/randomness.ts';

const NOW = Date.UTC(2026, 10, 22, 3, 0);

test('ids sort as they were made, also within one millisecond', () => {
  const random = createRandomness();
  const ids = Array.from({ length: 5_000 }, (_, index) => random.entryId(NOW + Math.floor(index / 1_000)));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('two processes do not draw the same ids', () => {
  const [one, other] = [createRandomness(), createRandomness()];
  const ids = Array.from({ length: 200 }, (_, index) => [
    one.entryId(NOW + index),
    other.entryId(NOW + index),
  ]);
  const equal = ids.filter(([a, b]) => a === b).length;
  expect(equal).toBeLessThanOrEqual(2);
});

test('an id is short and holds no letter that is read as another', () => {
  const random = createRandomness();
  for (const at of [0, NOW, Date.UTC(3000, 0, 1), -1])
    expect(random.entryId(at)).toMatch(/^[0-9a-hjkmnp-tv-z]{13}$/u);
});

test('a clock that was set back still gives an id', () => {
  const random = createRandomness();
  const later = random.entryId(NOW);
  expect(random.entryId(NOW - 3_600_000) < later).toBe(true);
});

test('nonces are never equal, and fractions stay in [0, 1)', () => {
  const random = createRandomness();
  expect(new Set(Array.from({ length: 1_000 }, () => random.nonce())).size).toBe(1_000);
  for (let draw = 0; draw < 1_000; draw += 1) {
    const fraction = random.fraction();
    expect(fraction >= 0 && fraction < 1).toBe(true);
  }
});
