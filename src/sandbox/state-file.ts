import { appendFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { sandboxLimits } from '../limits/edges.ts';
import type { PostEvent, SandboxPost } from './post-book.ts';

const id = z.string().regex(/^[0-9]{1,19}$/);
const eventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    post: z.object({
      id,
      text: z.string(),
      createdAt: z.number(),
      deletedAt: z.number().nullable(),
      source: z.enum(['api', 'elsewhere']),
    }),
  }),
  z.object({ kind: z.literal('delete'), id, at: z.number() }),
]);

/** What the file held. `skippedLines` counts what could not be read, such as a line cut off by a crash. */
export type KeptPosts = { posts: SandboxPost[]; skippedLines: number; lines: number };

/**
 * Reads the posts of earlier runs, oldest first; a missing file is an empty one. Throws where the file is there and
 * cannot be read, or is larger than the sandbox would ever write.
 */
export function loadPosts(path: string): KeptPosts {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > sandboxLimits.stateMaxBytes)
    throw new Error(`${path} is larger than the sandbox writes: remove it`);
  const lines =
    size === 0
      ? []
      : readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== '');
  const posts = new Map<string, SandboxPost>();
  let skippedLines = 0;
  for (const line of lines) {
    const event = readEvent(line);
    if (event === null) skippedLines += 1;
    else if (event.kind === 'create') posts.set(event.post.id, event.post);
    else {
      const post = posts.get(event.id);
      if (post !== undefined) post.deletedAt = event.at;
    }
  }
  return { posts: [...posts.values()].slice(-sandboxLimits.postsKept), skippedLines, lines: lines.length };
}

/** Adds one line, before the change is answered. Throws where the disk refuses. */
export function appendEvent(path: string, event: PostEvent): void {
  appendFileSync(path, `${JSON.stringify(event)}\n`);
}

/** Replaces the file by one line a post; the old file stands until the new one is whole. */
export function rewritePosts(path: string, posts: readonly SandboxPost[]): void {
  const lines = posts.map((post) => `${JSON.stringify({ kind: 'create', post })}\n`);
  const temporary = `${path}.new`;
  writeFileSync(temporary, lines.join(''));
  renameSync(temporary, path);
}

/** Forgets every post. */
export function removePosts(path: string): void {
  rmSync(path, { force: true });
}

function readEvent(line: string): PostEvent | null {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
