import { expect, test } from 'vitest';
import { readStatus } from '../../src/app/read-status.ts';
import { aFakeApp } from './fake-app.ts';

const SERVED = 'http://127.0.0.1:7080/';
const ORIGIN = 'https://kosatsu.example.go.jp';

test.each([
  ['where it is served', null, SERVED, SERVED],
  ['where the proxy shows it', ORIGIN, SERVED, `${ORIGIN}/`],
  ['nowhere as long as no worker has served it', ORIGIN, null, null],
])('the status names the console %s', async (_, origin, served, shown) => {
  const base = aFakeApp();
  const { console } = base.config;
  const app = { ...base, config: { ...base.config, console: { ...console, origin } } };
  await app.store.setFact(app.scope, 'console-url', served);
  expect((await readStatus(app)).consoleUrl).toBe(shown);
});
