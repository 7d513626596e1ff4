import { access, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exportRecords, ExportStopped, type ExportRequest } from '../app/export-records.ts';
import { exportSentences } from '../messages/audit.ts';
import { backupSentences } from '../messages/cli-backup.ts';
import { say } from '../messages/sentence.ts';
import type { CommandContext, ExitCode, OpenedApp } from './command.ts';
import { showProgress } from './show-progress.ts';
import { UsageError } from './usage-error.ts';

/**
 * Writes records to stdout, or into the file of `--out`, which has its name only once it is whole. Exit 0 written, 1 interrupted,
 * 2 the name is taken, 3 refused.
 */
export async function writeExport(
  context: CommandContext,
  app: OpenedApp,
  request: ExportRequest,
): Promise<ExitCode> {
  const { io, lang, cwd, signal } = context;
  const { out } = context.line.texts;
  const file = out === undefined ? null : resolve(cwd, out);
  if (file !== null && (await exists(file)))
    throw new UsageError(say(backupSentences.exists, lang, { path: file }));
  const result = await exportRecords(app, request);
  if (result.kind === 'refused') {
    io.err(result.message);
    return 3;
  }
  using closing = new DisposableStack();
  closing.use(showProgress(context, app));
  const stop = (): void => app.progress.list().forEach(({ id }) => app.progress.stop(id));
  const unstopped = app.progress.listen(() => {
    if (signal.aborted) stop();
  });
  closing.defer(unstopped);
  const counted = { lines: 0 };
  try {
    if (file === null) await print(context, result.lines, counted);
    else await write(result.lines, file, counted);
  } catch (error) {
    if (!(error instanceof ExportStopped)) throw error;
    io.err(say(file === null ? exportSentences.stopped : exportSentences['stopped-file'], lang));
    return 1;
  }
  const count = Math.max(0, counted.lines - (request.format === 'csv' ? 1 : 0));
  if (file !== null) io.err(say(exportSentences.written, lang, { path: file }));
  io.err(say(exportSentences[`exported-${request.what}`], lang, { count }));
  return 0;
}

/** As fast as its reader takes it. */
async function print(
  { io, signal }: CommandContext,
  lines: AsyncIterable<string>,
  counted: { lines: number },
): Promise<void> {
  for await (const line of lines) {
    io.out(line);
    await io.taken(signal);
    counted.lines += 1;
  }
}

/** Under another name first: whoever finds the file under its own has the whole of it. */
async function write(lines: AsyncIterable<string>, file: string, counted: { lines: number }): Promise<void> {
  const part = `${file}.part`;
  try {
    await using handle = await open(part, 'w', 0o600);
    let waiting = '';
    for await (const line of lines) {
      waiting += `${line}\r\n`;
      counted.lines += 1;
      if (waiting.length < CHUNK_CHARS) continue;
      await handle.appendFile(waiting);
      waiting = '';
    }
    await handle.appendFile(waiting);
    await handle.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, file);
}

const CHUNK_CHARS = 65_536;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
