import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { pino } from 'pino';
import type { Log } from '../../app/ports.ts';
import type { Config } from '../../config.ts';
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
  return (line) => {
    try {
      writeSync(STDERR, shape(line));
    } catch {
      // A closed or full pipe: there is nowhere left to say so.
    }
  };
}
