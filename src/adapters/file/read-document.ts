import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FetchProblem, FileRead } from '../../feed/fetched.ts';
import { fetchLimits } from '../../limits/intake.ts';

/** Reads a regular file of at most `maxBytes`; never throws, never waits for a pipe or a device. */
export async function readDocumentFile(
  path: string,
  maxBytes: number = fetchLimits.decodedMaxBytes,
): Promise<FileRead> {
  try {
    // Without O_NONBLOCK, opening a named pipe waits for its writer for ever.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = await file.stat();
    if (!about.isFile()) return failed('unreachable', `${path} is not a file`);
    if (about.size > maxBytes)
      return failed('too-large', `${path} has ${about.size} bytes, ${maxBytes} allowed`);
    const buffer = Buffer.alloc(about.size);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return {
      kind: 'document',
      bytes: buffer.subarray(0, length),
    };
  } catch (error) {
    return failed('unreachable', phraseFor(error, path));
  }
}

function phraseFor(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'ENOENT':
      return `there is no file ${path}`;
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read by this user`;
    default:
      return `${path} could not be read, ${code}`;
  }
}

function failed(code: FetchProblem['code'], detail: string): FileRead {
  return { kind: 'failed', problem: { code, detail } };
}
