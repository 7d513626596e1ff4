import type { FeedProblem } from './feed-state.ts';
import type { EpochMs } from './item.ts';

/** Why a document could not be had; `detail` is the evidence, a short phrase without a full stop. `since` is known only to who remembers. */
export type FetchProblem = Pick<FeedProblem, 'code' | 'detail'>;

/** One conditional GET. Validators are what the feed's state remembers of the last document that was committed. */
export type FetchRequest = {
  url: string;
  etag: string | null;
  lastModified: string | null;
  /** The host of `url` may be loopback or private; hosts reached by redirect never may, unless it is the same one. */
  allowPrivateAddress: boolean;
  /** Names the program and a contact address, as polite robots do. */
  userAgent: string;
};

/** What a server says about when to come again and for how long its identity is proven. */
export type ServerHints = {
  /** Its wish for the next visit (Cache-Control, Expires), milliseconds, capped by limits/intake.ts; null: none. */
  freshForMs: number | null;
  /** End of the server certificate's validity; null over plain http. */
  certificateExpiresAt: EpochMs | null;
  /** Where the document stands for good, as redirects with 301 or 308 said; left out where the address asked is the right one. */
  movedTo?: string;
};

/** What one GET gave. Redirects are already followed, encodings undone, sizes and addresses checked. */
export type Fetched =
  | {
      kind: 'document';
      status: number;
      /** Where the document was found after redirects; relative links start here. */
      finalUrl: string;
      bytes: Uint8Array;
      contentType: string | null;
      /** null where the document came from another host than the one asked: its validators are not that host's. */
      etag: string | null;
      lastModified: string | null;
      hints: ServerHints;
    }
  | { kind: 'not-modified'; etag: string | null; lastModified: string | null; hints: ServerHints }
  /** `retryAfterMs` is the server's own word; `gone` means it said that the address is gone for good (410). */
  | { kind: 'failed'; problem: FetchProblem; retryAfterMs: number | null; gone: boolean };

/** Gets documents from servers that nobody here controls. Never throws: what goes wrong is a `failed` value. */
export interface Fetcher {
  /** Ends within its total deadline, or at once (as failed) when the signal aborts. */
  get(request: FetchRequest, signal: AbortSignal): Promise<Fetched>;
}

/** A document from disk, which a person named on the command line. */
export type FileRead = { kind: 'document'; bytes: Uint8Array } | { kind: 'failed'; problem: FetchProblem };

/** Reads a file, bounded in size; never throws. */
export type ReadDocumentFile = (path: string) => Promise<FileRead>;
