import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { runDoctor, type Finding, type StorageLook } from '../app/run-doctor.ts';
import type { Config } from '../config.ts';
import { say } from '../messages/sentence.ts';
import { doctorChecks, doctorFrame } from '../messages/status.ts';
import { StoreError } from '../outbox/outbox-store.ts';
import type { Command, CommandContext, ExitCode, Needs } from './command.ts';
import { readConfig, withConfig } from './open-app.ts';

/** Checks what publishing needs. Exit 0 where nothing needs mending, else 1; a broken configuration ends with 2 before. */
export const doctor: Command = {
  async run(context) {
    const config = await readConfig(context);
    // Without an account there is nobody to ask, and the configured feeds are what is checked, not the sandbox's.
    const publisher = config.ownSandbox ? 'none' : 'x';
    const storage = await lookAtStorage(context, config);
    try {
      return await examine(context, config, { store: 'read', publisher }, storage);
    } catch (error) {
      // Right after an upgrade, which is when the doctor is asked: all but the records can be looked at.
      if (!(error instanceof StoreError) || error.code !== 'outdated') throw error;
      const outdated = { ...storage, present: 'outdated' } as const;
      return examine(context, config, { store: 'memory', publisher }, outdated);
    }
  },
};

function examine(
  context: CommandContext,
  config: Config,
  needs: Needs,
  storage: StorageLook,
): Promise<ExitCode> {
  return withConfig(context, config, needs, async (app) => {
    const { io, lang } = context;
    const row = ({ check, ok, message }: Finding): string =>
      `[${say(doctorFrame[ok], lang)}] ${say(doctorChecks[check], lang)}${lang === 'ja' ? '：' : ': '}${message}`;
    const findings = await runDoctor(app, context.signal, storage);
    for (const finding of findings) io.out(row(finding));
    const count = findings.filter((finding) => finding.ok === 'problem').length;
    io.out(say(count === 0 ? doctorFrame.allWell : doctorFrame.toMend, lang, { count }));
    return count === 0 ? 0 : 1;
  });
}

/** Where the records lie in a database server, that server answers for them; proving a database needs a folder that can be written. */
async function lookAtStorage({ edges }: CommandContext, config: Config): Promise<StorageLook> {
  if (!(await isWritable(config.dataDir))) return { present: 'read', isWritable: false };
  const backups = await edges.openBackups(config);
  return { present: backups === null ? 'read' : await backups.present(), isWritable: true };
}

/** A folder that is not there yet is made at the first start. */
async function isWritable(folder: string): Promise<boolean> {
  return (
    !existsSync(folder) ||
    access(folder, constants.W_OK).then(
      () => true,
      () => false,
    )
  );
}
