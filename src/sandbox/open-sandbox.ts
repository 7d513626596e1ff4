import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { edgeLimits } from '../limits/edges.ts';
import { SANDBOX_CREDENTIALS, SANDBOX_HANDLE, SANDBOX_NAME } from './account.ts';
import type { SandboxLog } from './sandbox-log.ts';
import { startSandbox, type Sandbox } from './start-sandbox.ts';

/** A port that was asked for is taken; a default one would have given way to the next. */
export type OpenedSandbox = { kind: 'open'; sandbox: Sandbox } | { kind: 'port-taken'; port: number };

/**
 * Starts the server that plays X, on the port that was asked for or on the first free one from the default on.
 * `dataDir` is where its posts outlive it; null keeps them in memory.
 */
export async function openSandbox(
  dataDir: string | null,
  port: number | null,
  log: SandboxLog,
): Promise<OpenedSandbox> {
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const first = port ?? edgeLimits.sandboxPort;
  const last = port ?? first + edgeLimits.sandboxPortsTried - 1;
  for (let candidate = first; candidate <= last; candidate += 1) {
    try {
      const sandbox = await startSandbox({
        port: candidate,
        host: '127.0.0.1',
        handle: SANDBOX_HANDLE,
        name: SANDBOX_NAME,
        credentials: SANDBOX_CREDENTIALS,
        stateFile: dataDir === null ? null : join(dataDir, 'sandbox-posts.jsonl'),
        feed: { ...edgeLimits.sandboxFeed },
        log,
      });
      return { kind: 'open', sandbox };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  return { kind: 'port-taken', port: first };
}
