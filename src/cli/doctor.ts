import { runDoctor, type Finding } from '../app/run-doctor.ts';
import { say } from '../messages/sentence.ts';
import { doctorFrame } from '../messages/status.ts';
import type { Command, Needs } from './command.ts';
import { readConfig, withConfig } from './open-app.ts';

/** Checks what publishing needs. Exit 0 where nothing needs mending, else 1; a broken configuration ends with 2 before. */
export const doctor: Command = {
  async run(context) {
    const config = await readConfig(context);
    // Without an account there is nobody to ask, and the configured feeds are what is checked, not the sandbox's.
    const needs: Needs = { store: 'read', publisher: config.ownSandbox ? 'none' : 'x' };
    return withConfig(context, config, needs, async (app) => {
      const { io, lang } = context;
      const row = ({ check, ok, message }: Finding): string =>
        `[${say(doctorFrame[ok], lang)}] ${check}: ${message}`;
      const findings = await runDoctor(app, context.signal);
      for (const finding of findings) io.out(row(finding));
      const count = findings.filter((finding) => finding.ok === 'problem').length;
      io.out(say(count === 0 ? doctorFrame.allWell : doctorFrame.toMend, lang, { count }));
      return count === 0 ? 0 : 1;
    });
  },
};
