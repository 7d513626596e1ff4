import { DateTime } from 'luxon';

/** Turns one JSON line of the log into a line for a terminal: time in JST, level, sentence, then the fields. */
export function forPeople(line: string): string {
  const parsed = parse(line);
  if (parsed === null) return line;
  const { time, level, msg, ...rest } = parsed;
  const at = DateTime.fromISO(String(time), { zone: 'Asia/Tokyo' });
  const fields = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = [
    at.isValid ? at.toFormat('HH:mm:ss') : '',
    String(level).toUpperCase().padEnd(5),
    typeof msg === 'string' ? msg : '',
  ];
  return `${[...head, ...fields].join(' ').trimEnd()}\n`;
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
