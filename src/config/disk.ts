import { readFileSync, readdirSync, statSync } from 'node:fs';
import { configLimits } from '../limits/running.ts';

/** A text file's content, or why there is none. `detail` is the system's own word (EACCES). */
export type FileText =
  | { kind: 'text'; text: string }
  | { kind: 'missing' }
  | { kind: 'not-utf8' }
  | { kind: 'too-large'; maxBytes: number }
  | { kind: 'unreadable'; detail: string };

/** What loading the settings needs of the file system; tests give their own. Never throws. */
export type ConfigDisk = {
  readText(path: string): FileText;
  /** Names in a folder; null where there is no such folder. */
  listFolder(path: string): readonly string[] | null;
};

/** The real file system. Settings are read once, before anything else runs, so waiting for the disk harms nobody. */
export const realDisk: ConfigDisk = {
  readText(path) {
    try {
      if (statSync(path).size > configLimits.fileMaxBytes) {
        return { kind: 'too-large', maxBytes: configLimits.fileMaxBytes };
      }
      const bytes = readFileSync(path);
      // A file saved as Shift_JIS must not turn the institution's words into other words.
      return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch (error) {
      if (error instanceof TypeError) return { kind: 'not-utf8' };
      const code = systemCode(error);
      return code === 'ENOENT' || code === 'ENOTDIR'
        ? { kind: 'missing' }
        : { kind: 'unreadable', detail: code };
    }
  },
  listFolder(path) {
    try {
      return readdirSync(path);
    } catch {
      return null;
    }
  },
};

function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : String(error);
}
