#!/usr/bin/env node
// The entry. Plain JavaScript that Node 20 can read: an older Node than the program needs only starts the newer one that
// npm installed beside it. Everything else is in src/.
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The first Node that runs TypeScript and node:sqlite without flags or warnings. */
const NEEDED = [24, 15];

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
};

const start = async () => {
  // A folder of our own, not the shared one under /tmp: whoever can write compiled code there can run code here.
  const cache =
    process.env.NODE_COMPILE_CACHE ??
    fileURLToPath(new URL('../node_modules/.cache/kosatsu', import.meta.url));
  try {
    module.enableCompileCache(cache);
  } catch {
    // Only speed is lost.
  }
  const { main } = await import('../src/main.ts');
  await main();
};

/** The path of the Node that the `node` package brought, or null. */
const packagedNode = async () => {
  const { accessSync, constants, readFileSync } = await import('node:fs');
  const { dirname, join } = await import('node:path');
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    if (!isNewEnough(JSON.parse(readFileSync(manifest, 'utf8')).version)) return null;
    const path = join(dirname(manifest), 'bin', 'node');
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return null;
  }
};

const startWith = async (node) => {
  const { spawn } = await import('node:child_process');
  // The fourth descriptor tells the child that its launcher is gone, even by kill -9: a worker must not live on unseen.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { ...process.env, KOSATSU_LAUNCHER_FD: '3' },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`kosatsu: ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
};

const explain = () => {
  process.stderr.write(
    `kosatsu: Node.js ${NEEDED.join('.')} or newer is needed; this is ${process.versions.node}. ` +
      `Nothing was started. Run \`npm ci\` in the program's folder, which installs a suitable Node.js, or update Node.js.\n` +
      `kosatsu: Node.js ${NEEDED.join('.')} 以降が必要です（現在は ${process.versions.node}）。何も起動していません。` +
      `プログラムのフォルダーで npm ci を実行する（適切な Node.js も導入されます）か、Node.js を更新してください。\n`,
  );
  process.exitCode = 2;
};

if (isNewEnough(process.versions.node)) await start();
else {
  const node = await packagedNode();
  if (node === null) explain();
  else await startWith(node);
}
