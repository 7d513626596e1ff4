import type { Mistake, Proposal, UrgentRequest, UrgentResult } from './force-urgent.ts';

/** What the command line may ask of a running worker. Plain data: it crosses a Unix socket as a line of JSON. */
export type LinkRequest =
  | { kind: 'ping' }
  /** Something changed in the store: look now, not at the next turn. */
  | { kind: 'wake' }
  | { kind: 'propose-urgent'; request: UrgentRequest }
  /** The same `requestId` is done once, however often it is asked. */
  | { kind: 'publish-urgent'; request: UrgentRequest };

/** `failed` tells of a fault in the worker; nothing is known of the outcome. */
export type LinkReply =
  | { kind: 'pong' }
  | { kind: 'woken' }
  | { kind: 'proposal'; proposal: Proposal | Mistake }
  | { kind: 'result'; result: UrgentResult }
  | { kind: 'failed'; message: string };

/** `lost`: the worker ended (`closed`), or did not answer in time (`silent`). Whether it did what was asked is not known. */
export type LinkAnswer =
  { kind: 'reply'; reply: LinkReply } | { kind: 'lost'; cause: 'closed' | 'silent'; detail: string };

/** A line to the worker of the same data folder. Never throws; `close` may be called twice. */
export interface WorkerLink {
  ask(request: LinkRequest, deadlineMs: number): Promise<LinkAnswer>;
  close(): void;
}

/** Does what a request asks. A rejection is answered as `failed`. */
export type LinkHandler = (request: LinkRequest) => Promise<LinkReply>;
