import { textHash } from '../../src/compose/text-hash.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { CORRECTION_BEGINS } from './items.ts';
import type { World } from './world.ts';

/** States in which an announcement is visibly dealt with, though not on X. */
const VISIBLE: ReadonlySet<Entry['state']> = new Set([
  'held',
  'refused',
  'rejected',
  'expired',
  'cancelled',
  'withdrawn',
]);

/** What a finished run did wrong; empty where every promise was kept. */
export function violations(world: World): string[] {
  const found = [...world.trouble];
  const throttled = world.x.arrivals.filter((one) => one.throttled).length;
  if (throttled > 6 + 2 * world.lives) found.push(`${String(throttled)} requests although X throttled`);
  const entries = [...world.store.peek().entries.values()];
  const live = world.x.posts.filter((post) => post.deletedAt === null);
  for (const { item } of world.items) {
    const url = item.url ?? '';
    const ofItem = entries.filter((entry) => entry.url === url && entry.kind !== 'correction');
    const copies = live.filter((post) => post.text.includes(url) && !isCorrection(entries, post.text));
    if (copies.length > 1) found.push(`posted ${String(copies.length)} times: ${item.title}`);
    if (ofItem.length === 0) {
      found.push(`lost, no entry: ${item.title}`);
      continue;
    }
    const settled = ofItem.some(
      (entry) => entry.state === 'published' || VISIBLE.has(entry.state) || entry.needsPerson,
    );
    if (!settled) found.push(`not at rest (${ofItem.map((entry) => entry.state).join(', ')}): ${item.title}`);
  }
  for (const entry of entries) found.push(...entryViolations(world, entry));
  // What a restored copy has forgotten, no entry can tell of.
  const restored = [...world.faults.struck.keys()].some((key) => key.endsWith('restore-backup'));
  for (const post of restored ? [] : live) {
    if (!entries.some((entry) => entry.text === post.text))
      found.push(`text that no entry holds: ${post.text}`);
  }
  return found;
}

function isCorrection(entries: readonly Entry[], text: string): boolean {
  return (
    text.startsWith(CORRECTION_BEGINS) ||
    entries.some((entry) => entry.kind === 'correction' && entry.text === text)
  );
}

function entryViolations(world: World, entry: Entry): string[] {
  const found: string[] = [];
  const { id, text, mode, account } = entry;
  if (textHash({ text, mode, account }) !== entry.textHash) found.push(`${id}: bytes and hash differ`);
  if (entry.kind === 'correction') {
    const copies = world.x.posts.filter((one) => one.text === text && one.deletedAt === null);
    if (copies.length > 1) found.push(`${id}: the correction was posted ${String(copies.length)} times`);
  }
  if (entry.state === 'withdrawn') {
    const stands = world.x.posts.some((one) => one.id === entry.remoteId && one.deletedAt === null);
    if (stands) found.push(`${id}: called withdrawn, but it stands at X`);
  }
  if (entry.state === 'published') {
    const post = world.x.posts.find((one) => one.id === entry.remoteId);
    if (post === undefined)
      found.push(`${id}: called published, but X has no post ${String(entry.remoteId)}`);
    else if (post.text !== text) found.push(`${id}: the post's text is not the entry's`);
  }
  return found;
}
