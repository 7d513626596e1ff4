import { resolve } from 'node:path';
import { backUp } from '../app/back-up.ts';
import { backupSentences } from '../messages/cli-backup.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { credentials } from './credentials.ts';
import { readConfig, withConfig } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Writes a copy of the store into a file, also while a worker runs. Exit 0 written, 2 there is nothing, or it can't be written under the name, 3 refused. */
export const backup: Command = {
  async run(context) {
    const { lang, io, edges, line, cwd } = context;
    const config = await readConfig(context);
    const backups = await edges.openBackups(config);
    if (backups === null) throw new UsageError(say(backupSentences.postgres, lang));
    const file = resolve(cwd, line.file);
    // Opening the records for an act would make a folder where there is none.
    if ((await backups.present()) === 'missing')
      throw new UsageError(say(backupSentences.nothingToBackUp, lang, { dir: config.dataDir }));
    const request = { file, ...credentials(context), reason: line.texts.reason ?? null };
    return withConfig(context, config, { store: 'write', publisher: 'none' }, async (app) => {
      const result = await backUp(app, backups, request);
      switch (result.kind) {
        case 'refused':
          io.err(result.message);
          return 3;
        case 'exists':
          throw new UsageError(say(backupSentences.exists, lang, { path: file }));
        case 'nothing-to-back-up':
          throw new UsageError(say(backupSentences.nothingToBackUp, lang, { dir: config.dataDir }));
        case 'not-written': {
          const { detail } = result;
          throw new UsageError(say(backupSentences.notWritten, lang, { path: file, detail }));
        }
        case 'backed-up': {
          const size = (result.bytes / 1_000_000).toFixed(1);
          io.out(say(backupSentences.backedUp, lang, { path: file, size }));
          return 0;
        }
      }
    });
  },
};
