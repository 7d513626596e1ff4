import { resolve } from 'node:path';
import { backupSentences } from '../messages/cli-backup.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { readConfig } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Writes a copy of the store into a file, also while a worker runs. Exit 0 written, 2 there is nothing, or the name is taken. */
export const backup: Command = {
  async run(context) {
    const { lang, io, edges, line, cwd } = context;
    const config = await readConfig(context);
    const backups = await edges.openBackups(config);
    if (backups === null) throw new UsageError(say(backupSentences.postgres, lang));
    const path = resolve(cwd, line.file);
    const result = await backups.backup(path);
    switch (result.kind) {
      case 'exists':
        throw new UsageError(say(backupSentences.exists, lang, { path }));
      case 'nothing-to-back-up':
        throw new UsageError(say(backupSentences.nothingToBackUp, lang, { dir: config.dataDir }));
      case 'backed-up': {
        const size = (result.bytes / 1_000_000).toFixed(1);
        io.out(say(backupSentences.backedUp, lang, { path, size }));
        return 0;
      }
    }
  },
};
