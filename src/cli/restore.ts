import { resolve } from 'node:path';
import { restoreRecords } from '../app/back-up.ts';
import { backupSentences } from '../messages/cli-backup.ts';
import { say } from '../messages/sentence.ts';
import type { Command } from './command.ts';
import { credentials } from './credentials.ts';
import { readConfig } from './open-app.ts';
import { UsageError } from './usage-error.ts';

/** Puts a backup in the place of the store. Exit 0 restored, 2 no such file or no sound one, or somebody works with the data folder, 3 refused. */
export const restore: Command = {
  async run(context) {
    const { lang, io, edges, line, cwd } = context;
    const config = await readConfig(context);
    const backups = await edges.openBackups(config);
    if (backups === null) throw new UsageError(say(backupSentences.postgres, lang));
    const path = resolve(cwd, line.file);
    const request = { file: path, ...credentials(context), reason: line.texts.reason ?? null };
    const open = () => edges.assemble(config, { store: 'write', publisher: 'none' });
    const result = await restoreRecords(backups, open, request, Date.now());
    switch (result.kind) {
      case 'refused':
        io.err(result.message);
        return 3;
      case 'missing':
        throw new UsageError(say(backupSentences.missing, lang, { path }));
      case 'unusable':
        throw new UsageError(say(backupSentences.unusable, lang, { path, detail: result.detail }));
      case 'busy':
        throw new UsageError(say(backupSentences.busy, lang));
      case 'restored': {
        io.out(say(backupSentences.restored, lang, { path, entries: result.entries }));
        if (result.kept !== null) io.out(say(backupSentences.kept, lang, { path: result.kept }));
        const seconds = Math.round(config.channel.reconcile.quarantineMs / 1_000);
        io.out(say(backupSentences.whatNext, lang, { seconds }));
        return 0;
      }
    }
  },
};
