import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { TwitterApi, type ITwitterApiClientPlugin } from 'twitter-api-v2';
import { SANDBOX_CREDENTIALS, SANDBOX_HANDLE, SANDBOX_NAME } from '../../src/sandbox/account.ts';
import { sign } from '../../src/sandbox/oauth.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/start-sandbox.ts';

/** `json` is what the caller expects it to be; null where the body is no JSON. */
export type Answer<T = unknown> = { status: number; headers: Headers; text: string; json: T };

/** What the sandbox warned about during a test. */
export const warnings: string[] = [];

/** A sandbox on a free port that ends with the test. Its feed releases nothing unless the test says otherwise. */
export async function runSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    port: 0,
    host: '127.0.0.1',
    handle: SANDBOX_HANDLE,
    name: SANDBOX_NAME,
    credentials: SANDBOX_CREDENTIALS,
    stateFile: null,
    feed: { baselineItems: 5, firstReleaseMs: 3_600_000, releaseEveryMs: 3_600_000 },
    log: { info: () => undefined, warn: (_fields, message) => void warnings.push(message) },
    ...options,
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** An unsigned request. */
export async function ask<T = unknown>(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return answerOf(await fetch(sandbox.url + path, { method, ...init }));
}

/** A request signed as X's clients sign: for api.x.com, over method, address, query and the oauth pairs. */
export async function call<T = unknown>(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const headers: Record<string, string> = { authorization: authorization(method, path) };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  return answerOf(await fetch(sandbox.url + path, { method, headers, body: text, redirect: 'manual' }));
}

export function authorization(method: string, path: string, change: Record<string, string> = {}): string {
  const url = new URL(path, 'https://api.x.com');
  const pairs = {
    oauth_consumer_key: SANDBOX_CREDENTIALS.apiKey,
    oauth_nonce: randomUUID(),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(Date.now() / 1_000)),
    oauth_token: SANDBOX_CREDENTIALS.accessToken,
    oauth_version: '1.0',
    ...change,
  };
  const address = url.origin + url.pathname;
  const signature = sign(
    method,
    address,
    [...Object.entries(pairs), ...url.searchParams],
    SANDBOX_CREDENTIALS,
  );
  const header = Object.entries({ ...pairs, oauth_signature: signature, ...change });
  return `OAuth ${header.map(([name, value]) => `${name}="${encodeURIComponent(value)}"`).join(', ')}`;
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  let json: T = JSON.parse('null');
  try {
    if (isJson) json = JSON.parse(text);
  } catch {
    // Some faults send HTML that calls itself JSON.
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** The library that the program posts with, its requests turned to the sandbox after they were signed for X. */
export function libraryClient(sandbox: Sandbox, credentials = SANDBOX_CREDENTIALS): TwitterApi {
  const agent = new http.Agent();
  const turn: ITwitterApiClientPlugin = {
    onBeforeRequest({ computedParams, requestOptions }) {
      const url = new URL(computedParams.url);
      const target = new URL(sandbox.url);
      url.protocol = target.protocol;
      url.host = target.host;
      computedParams.url = url;
      requestOptions.agent = agent;
    },
  };
  const { apiKey, apiSecret, accessToken, accessSecret } = credentials;
  return new TwitterApi(
    { appKey: apiKey, appSecret: apiSecret, accessToken, accessSecret },
    { plugins: [turn] },
  );
}
