import { sandboxLimits } from '../limits/edges.ts';
import { nextSnowflake } from './snowflake.ts';

/** A post as the sandbox keeps it: raw text, times in epoch milliseconds. `elsewhere` is another client of the same account. */
export type SandboxPost = {
  id: string;
  text: string;
  createdAt: number;
  deletedAt: number | null;
  source: 'api' | 'elsewhere';
};

/** What happened to the book, so that it can be kept in a file. */
export type PostEvent = { kind: 'create'; post: SandboxPost } | { kind: 'delete'; id: string; at: number };

/** The posts of the one account, oldest first, deleted ones flagged. Past its bound it forgets the oldest. */
export class PostBook {
  readonly #record: (event: PostEvent) => void;
  #posts: SandboxPost[];

  /** `record` is called before the change is visible: what is shown has been kept. */
  constructor(earlier: readonly SandboxPost[], record: (event: PostEvent) => void) {
    this.#posts = [...earlier];
    this.#record = record;
  }

  create(text: string, source: SandboxPost['source'], now: number): SandboxPost {
    const id = nextSnowflake(this.#posts.at(-1)?.id ?? null, now);
    const post: SandboxPost = { id, text, createdAt: now, deletedAt: null, source };
    this.#record({ kind: 'create', post });
    this.#posts.push(post);
    if (this.#posts.length > sandboxLimits.postsKept) this.#posts.shift();
    return post;
  }

  /** `gone` also covers posts that never were: X doesn't tell the two apart. */
  remove(id: string, now: number): 'deleted' | 'gone' {
    const post = this.find(id);
    if (post === null) return 'gone';
    this.#record({ kind: 'delete', id, at: now });
    post.deletedAt = now;
    return 'deleted';
  }

  /** The live post of that id, or null. */
  find(id: string): SandboxPost | null {
    return this.#posts.find((post) => post.id === id && post.deletedAt === null) ?? null;
  }

  /** X compares whole texts, and only with posts that still stand. */
  hasLive(text: string): boolean {
    return this.#posts.some((post) => post.deletedAt === null && post.text === text);
  }

  /** Live posts, newest first, as every reader of X sees them. */
  live(): SandboxPost[] {
    return this.#posts.filter((post) => post.deletedAt === null).toReversed();
  }

  /** Everything, newest first, deleted posts too. */
  all(): SandboxPost[] {
    return this.#posts.toReversed();
  }

  clear(): void {
    this.#posts = [];
  }
}
