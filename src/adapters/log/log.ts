import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { pino } from 'pino';
import type { Log } from '../../app/ports.ts';
import type { Config } from '../../config.ts';
import { edgeLimits } from '../../limits/edges.ts';
import { forPeople } from './for-people.ts';
import { redactor } from './redact.ts';

const STDERR = 2;

/**
 * A log of JSON lines on stderr, or of short readable ones where stderr is a terminal. Secrets are blackened in the finished
 * line. Writing never throws: a log that can't be written must not stop a post.
 * `write` replaces stderr in tests.
 */
export function createLog(options: {
  level: Config['logLevel'];
  secrets: readonly string[];
  write?: (line: string) => void;
}): Log {
  const redact = redactor(options.secrets);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.errWithCause, err: pino.stdSerializers.errWithCause },
      hooks: { streamWrite: redact },
    },
    { write: options.write ?? stderrWriter() },
  );
}

function stderrWriter(): (line: string) => void {
  const shape = isatty(STDERR) ? forPeople : (line: string) => line;
  return (line) => writeAll(Buffer.from(shape(line)));
}

/** A pipe that is full takes a part, or asks to come again: it is given a moment, and then the rest of the line is let go. */
function writeAll(bytes: Buffer): void {
  const moment = new Int32Array(new SharedArrayBuffer(4));
  let written = 0;
  for (let tries = 0; written < bytes.length && tries < edgeLimits.logTries; tries += 1) {
    try {
      written += writeSync(STDERR, bytes, written);
    } catch (error) {
      const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
      // A closed pipe: there is nowhere left to say so.
      if (!isFull) return;
      Atomics.wait(moment, 0, 0, edgeLimits.logPauseMs);
    }
  }
}
