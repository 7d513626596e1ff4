import { textHash } from '../../src/compose/text-hash.ts';
import type { Entry } from '../../src/outbox/entry.ts';
import { PROGRAM } from '../../src/outbox/person-name.ts';
import { tellsTheSame } from '../../src/publish/match-own-post.ts';
import { CORRECTION_BEGINS } from './items.ts';
import { replaces, type Version } from './model-feed.ts';
import type { ModelPost } from './model-x.ts';
import { isAtRest, type World } from './world.ts';

/** What a finished run did wrong; empty where every promise was kept. */
export function violations(world: World): string[] {
  const found = [...world.trouble];
  const throttled = world.x.arrivals.filter((one) => one.throttled).length;
  if (throttled > 6 + 2 * world.lives) found.push(`${String(throttled)} requests although X throttled`);
  const { entries: table } = world.store.peek();
  const entries = [...table.values()];
  const live = world.x.posts.filter((post) => post.deletedAt === null);
  for (const version of world.feed.versions) found.push(...versionViolations(world, version, entries));
  for (const entry of entries) found.push(...entryViolations(world, entry));
  // What a restored copy has forgotten, no entry can tell of.
  for (const post of isRestored(world) ? [] : live) {
    if (!entries.some((entry) => entry.text === post.text))
      found.push(`text that no entry holds: ${post.text}`);
  }
  return found;
}

function isRestored(world: World): boolean {
  return [...world.faults.struck.keys()].some((key) => key.endsWith('restore-backup'));
}

/** Each wording of each page: not twice, not lost, at rest, tied to what it follows, and never after what replaced it. */
function versionViolations(world: World, version: Version, entries: readonly Entry[]): string[] {
  const found: string[] = [];
  const { title } = version;
  const posts = postsOf(world, version, entries);
  const standing = posts.filter((post) => post.deletedAt === null);
  const isUpdate = ({ text }: ModelPost): boolean => version.redated && text.startsWith('【重要・更新】');
  const updates = standing.filter((post) => isUpdate(post));
  const copies = standing.filter((post) => !isUpdate(post));
  if (updates.length > 1) found.push(`its new date posted ${String(updates.length)} times: ${title}`);
  if (copies.length > 1) found.push(`posted ${String(copies.length)} times: ${title}`);
  const made = entries.filter((entry) => isOf(entry, version));
  if (made.length === 0 && version.stands) found.push(`lost, no entry: ${title}`);
  const { operators } = world.options;
  const moving = made.filter((entry) => !isAtRest(entry, world.store.peek().entries, operators));
  if (moving.length > 0) found.push(`not at rest (${moving.map(({ state }) => state).join(', ')}): ${title}`);
  const all = world.feed.versions;
  const earlier = all.filter((one) => replaces(version, one, all));
  for (const one of earlier) {
    const late = postsOf(world, one, entries).find((post) => posts.some((newer) => newer.at < post.at));
    if (late !== undefined) found.push(`posted after what replaced it: ${one.title}`);
  }
  for (const entry of made) {
    const before = entries.filter(
      (one) => one.id < entry.id && FOLLOWED.has(one.state) && earlier.some((other) => isOf(one, other)),
    );
    const predecessor = entries.find((one) => one.id === entry.predecessorId);
    const isTied = predecessor !== undefined && earlier.some((other) => isOf(predecessor, other));
    if (before.length > 0 && !(isTied && entry.kind === 'update'))
      found.push(`${entry.id}: an update that is not tied to what it follows: ${title}`);
  }
  return found;
}

/** States of what an announcement may follow. */
const FOLLOWED: ReadonlySet<Entry['state']> = new Set([
  'queued',
  'held',
  'attempting',
  'uncertain',
  'published',
  'withdrawing',
  'withdrawn',
  'rejected',
  'expired',
]);

function isOf(entry: Entry, { url, title }: Version): boolean {
  return entry.kind !== 'correction' && entry.url === url && entry.source?.title === title;
}

/** Everything at X that says this wording of this page, deleted since or not. */
function postsOf(world: World, { url, title }: Version, entries: readonly Entry[]): ModelPost[] {
  return world.x.posts.filter(
    ({ text }) => text.includes(url) && text.includes(title) && !isCorrection(entries, text),
  );
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
  const stands = world.x.posts.filter((one) => one.text === text && one.deletedAt === null);
  if (entry.kind === 'correction' && stands.length > 1)
    found.push(`${id}: the correction was posted ${String(stands.length)} times`);
  if (entry.state === 'withdrawn' && stands.some((one) => one.id === entry.remoteId))
    found.push(`${id}: called withdrawn, but it stands at X`);
  if (entry.state === 'cancelled' && entry.by === PROGRAM)
    found.push(...supersedingViolations(world, entry, stands));
  if (entry.state === 'published') {
    const post = world.x.posts.find((one) => one.id === entry.remoteId);
    if (post === undefined)
      found.push(`${id}: called published, but X has no post ${String(entry.remoteId)}`);
    else if (!(isRestored(world) ? tellsTheSame(entry, { text: post.text, links: [] }) : post.text === text))
      found.push(`${id}: the post's text is not the entry's`);
  }
  return found;
}

/** What was superseded names what took its place, and that follows it; it stands nowhere. */
function supersedingViolations(world: World, entry: Entry, stands: readonly ModelPost[]): string[] {
  const found: string[] = [];
  const { entries } = world.store.peek();
  const successor = entries.get(entry.note ?? '');
  const passed = new Set<Entry>();
  for (
    let earlier = successor;
    earlier !== undefined && !passed.has(earlier);
    earlier = entries.get(earlier.predecessorId ?? '')
  )
    passed.add(earlier);
  if (successor === undefined || !passed.has(entry))
    found.push(`${entry.id}: cancelled, and no newer report takes its place`);
  // A restored copy may have forgotten that it was posted, and then a newer one replaces what it takes for unsent.
  if (stands.length > 0 && !isRestored(world))
    found.push(`${entry.id}: called superseded, but it stands at X`);
  return found;
}
