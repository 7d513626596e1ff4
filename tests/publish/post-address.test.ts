import { expect, test } from 'vitest';
import { remoteIdIn } from '../../src/publish/post-address.ts';

const ID = '1994000000000000000';

test.each([
  [ID],
  [` ${ID}\n`],
  ['１９９４０００００００００００００００'],
  [`https://x.com/jpo_NIPPON/status/${ID}`],
  [`https://x.com/jpo_NIPPON/status/${ID}/`],
  [`https://x.com/jpo_NIPPON/status/${ID}/photo/1`],
  [`https://x.com/jpo_NIPPON/status/${ID}?s=20&t=9`],
  [`twitter.com/i/web/status/${ID}#m`],
])('the id is found in %j', (typed) => expect(remoteIdIn(typed)).toBe(ID));

test.each([
  [''],
  ['https://x.com/jpo_NIPPON'],
  ['https://x.com/jpo_NIPPON/2026'],
  [`${ID}0000`],
  [`${ID} ${ID}`],
  ['第2報'],
])('no id is taken from %j', (typed) => expect(remoteIdIn(typed)).toBeNull());
