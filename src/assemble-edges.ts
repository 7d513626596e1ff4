import { resolve } from 'node:path';
import type { Edges } from './cli/command.ts';

/**
 * The composition root of the command line: what commands need before, or instead of, the whole program. Everything is loaded
 * when it is asked for, because `urgent` must reach a running worker without loading what the worker has loaded already.
 */
export const edges: Edges = {
  async loadConfig(overrides, env, cwd, lang) {
    const { loadConfig } = await import('./config.ts');
    const loaded = loadConfig({ overrides, env, cwd });
    if (loaded.kind === 'ok') return loaded;
    const { describeMistake } = await import('./messages/mistakes.ts');
    const { mistakes } = loaded;
    return {
      kind: 'mistakes',
      mistakes: mistakes.map((mistake) => describeMistake(mistake, lang)),
      async record(command) {
        const { recordRefusal } = await import('./assemble-refusal.ts');
        await recordRefusal({ overrides, env, cwd }, { command, mistakes });
      },
    };
  },
  async assemble(config, needs) {
    const { assemble } = await import('./assemble.ts');
    return assemble(config, needs);
  },
  async openBackups({ databaseUrl, dataDir }) {
    if (databaseUrl !== null) return null;
    const [{ backupDatabase }, { restoreBackup, storePresent }] = await Promise.all([
      import('./adapters/sqlite/backup.ts'),
      import('./adapters/sqlite/restore.ts'),
    ]);
    return {
      present: async () => storePresent(dataDir),
      backup: async (file) => backupDatabase({ dataDir, file }),
      restore: (file, order, now) => restoreBackup({ dataDir, file, order, now }),
    };
  },
  async connectWorker(dataDir) {
    const { connectWorker } = await import('./adapters/ipc/client.ts');
    return connectWorker(resolve(dataDir));
  },
  async serveWorker(dataDir, handle) {
    const { serveWorker } = await import('./adapters/ipc/server.ts');
    return serveWorker(resolve(dataDir), handle);
  },
  // Unique is enough, nobody guards anything with it; loading node:crypto would cost a fifth of the way to the wire.
  newRequestId: () =>
    [Date.now(), Math.random(), Math.random()].map((part) => part.toString(36).replace('.', '')).join('-'),
};
