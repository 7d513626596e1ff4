import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { storeLimits } from '../../limits/storage.ts';
import type { KeptOutcome } from '../../outbox/outbox-store.ts';
import { makeDurably } from './durable-file.ts';

/** The place beside the database for what it could not take: that X accepted an attempt, and under which id. */
export interface OutcomeSlots {
  /** Makes sure that the place exists. Throws StoreError (`full`, `read-only`, `io`) where it can't be made. */
  ensure(): void;
  /** Writes the outcome down, over bytes that are on the disk already. Throws what the file system throws. */
  keep(outcome: KeptOutcome): void;
  /** All that are kept; what cannot be read, or was half written, is not among them. */
  kept(): readonly KeptOutcome[];
  /** The attempt's outcome is in the store, or has no use there. */
  forget(nonce: string): void;
}

/**
 * A small file that is made while there is room and only ever written over, so that a full disk, which refuses new blocks, still takes
 * it. (A file system that copies on every write, as btrfs and ZFS do, may need a block all the same.) Each slot holds one line: a
 * digest and the outcome, padded with spaces, so that a slot that was half written is known as such.
 */
export class FileOutcomeSlots implements OutcomeSlots {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  ensure(): void {
    const size = storeLimits.outcomeSlots * storeLimits.outcomeSlotBytes;
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === size) return;
    makeDurably(this.#file, Buffer.from(EMPTY.repeat(storeLimits.outcomeSlots)));
  }

  keep(outcome: KeptOutcome): void {
    const lines = this.#lines();
    const known = lines.findIndex((line) => parse(line)?.nonce === outcome.nonce);
    const free = known === -1 ? lines.findIndex((line) => parse(line) === null) : known;
    // Nothing is claimed while nothing can be recorded, so there are never more than the attempts in flight.
    if (free !== -1) this.#write(free, lineOf(outcome));
  }

  kept(): readonly KeptOutcome[] {
    return this.#lines().flatMap((line) => parse(line) ?? []);
  }

  forget(nonce: string): void {
    for (const [index, line] of this.#lines().entries()) {
      if (parse(line)?.nonce === nonce) this.#write(index, EMPTY);
    }
  }

  #lines(): string[] {
    if (statSync(this.#file, { throwIfNoEntry: false }) === undefined) return [];
    const bytes = readFileSync(this.#file);
    const size = storeLimits.outcomeSlotBytes;
    return Array.from({ length: storeLimits.outcomeSlots }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size).toString(),
    );
  }

  #write(index: number, line: string): void {
    const descriptor = openSync(this.#file, 'r+');
    try {
      writeSync(descriptor, line, index * storeLimits.outcomeSlotBytes);
      fdatasyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

const EMPTY = `${' '.repeat(storeLimits.outcomeSlotBytes - 1)}\n`;

function lineOf({ entryId, nonce, remoteId, at }: KeptOutcome): string {
  const body = JSON.stringify([entryId, nonce, remoteId, at]);
  const line = `${digest(body)} ${body}`.padEnd(storeLimits.outcomeSlotBytes - 1);
  if (Buffer.byteLength(line) !== storeLimits.outcomeSlotBytes - 1)
    throw new Error('an outcome too long to keep');
  return `${line}\n`;
}

function parse(line: string): KeptOutcome | null {
  const [, sum, body] = /^([0-9a-f]{16}) (\[.*\]) *\n$/u.exec(line) ?? [];
  if (body === undefined || digest(body) !== sum) return null;
  const [entryId, nonce, remoteId, at]: unknown[] = JSON.parse(body);
  return { entryId: String(entryId), nonce: String(nonce), remoteId: String(remoteId), at: Number(at) };
}

function digest(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}
