import { request } from 'node:http';
import { expect, test } from 'vitest';
import { serveConsole } from '../../src/console/serve-console.ts';
import { aFakeApp } from '../app/fake-app.ts';
import { layOut } from './desk.ts';
import { ASKS, filled, methodOf } from './routes.ts';
import { PRINTED, TestConsole } from './visitor.ts';

/** What would show where somebody sits, and with what. */
const TELLING = ['203.0.113.9', '127.0.0.1', 'TellingBrowser/1.0'];

test('neither the store nor the log learns the address or the browser of anybody who visits', async () => {
  const logged: unknown[] = [];
  const note = (...line: unknown[]): void => void logged.push(line);
  const console = new TestConsole(aFakeApp({ log: { debug: note, info: note, warn: note, error: note } }));
  await layOut(console);
  const served = await serveConsole(console.pages, { port: 0, wasAsked: true });
  if (served.kind !== 'serving') return expect.fail('no port is free');
  const url = new URL(served.url);
  let cookie = '';
  const ask = (path: string, method: string, fields: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        'x-forwarded-for': '203.0.113.9',
        forwarded: 'for=203.0.113.9',
        'x-real-ip': '203.0.113.9',
        'user-agent': 'TellingBrowser/1.0',
        'content-type': 'application/x-www-form-urlencoded',
        origin: url.origin,
        cookie,
      };
      const sent = request(
        { host: '127.0.0.1', port: url.port, path, method, headers, agent: false },
        (got) => {
          cookie =
            got.headers['set-cookie']?.find((one) => one.startsWith('kosatsu='))?.split(';')[0] ?? cookie;
          // The stream of changes has no end of its own.
          if (path === '/events') got.destroy();
          got.resume();
          got.on('close', () => resolve(got.statusCode ?? 0));
        },
      );
      sent.on('error', reject);
      sent.end(method === 'POST' ? new URLSearchParams(fields).toString() : undefined);
    });
  expect(await ask('/sign-in', 'POST', { name: '佐藤', password: 'wrong' })).toBe(403);
  expect(await ask('/sign-in', 'POST', { name: '佐藤', password: PRINTED })).toBe(303);
  const csrf = console.sessions.of('佐藤')[0]?.csrf ?? '';
  for (const one of ASKS.filter(({ at }) => at !== '/sign-out'))
    await ask(one.at, methodOf(one), { ...(await filled(console, one, csrf)) });
  const kept = JSON.stringify(
    [console.app.store.peek(), console.sessions.of('佐藤'), console.app.told, logged],
    (_, value: unknown) => (value instanceof Map ? [...value] : value),
  );
  expect(kept).toContain('佐藤');
  for (const one of TELLING) expect(kept).not.toContain(one);
  await served.close();
});
