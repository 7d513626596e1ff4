import http from 'node:http';
import { expect, test } from 'vitest';
import { ApiResponseError, TwitterApi } from 'twitter-api-v2';
import { SANDBOX_CREDENTIALS } from '../../src/sandbox/account.ts';
import { sign } from '../../src/sandbox/oauth.ts';
import { authorization, libraryClient, runSandbox } from './running-sandbox.ts';

test('the library posts, reads, and deletes with the signature that it makes for X', async () => {
  const sandbox = await runSandbox();
  const { v2 } = libraryClient(sandbox);
  const me = await v2.me();
  const made = await v2.tweet("お知らせ & 'quoted' (brackets)* !");
  const read = await v2.userTimeline(me.data.id, {
    exclude: ['replies', 'retweets'],
    'tweet.fields': ['created_at', 'entities'],
  });
  expect(read.tweets.map((tweet) => tweet.id)).toEqual([made.data.id]);
  expect((await v2.deleteTweet(made.data.id)).data.deleted).toBe(true);
});

test('a client that was given the address of the sandbox signs for that, and is let in too', async () => {
  const sandbox = await runSandbox();
  const { apiKey: appKey, apiSecret: appSecret, accessToken, accessSecret } = SANDBOX_CREDENTIALS;
  const client = new TwitterApi(
    { appKey, appSecret, accessToken, accessSecret },
    { httpAgent: new http.Agent() },
  );
  expect(
    (
      await client.v2.post<{ data: { id: string } }>(
        'tweets',
        { text: 'Notice' },
        { prefix: `${sandbox.url}/2/` },
      )
    ).data.id,
  ).toMatch(/^\d{19}$/);
});

test('the example of RFC 5849 section 1.2 is signed as printed there', () => {
  const pairs = [
    ['file', 'vacation.jpg'],
    ['size', 'original'],
    ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
    ['oauth_token', 'nnch734d00sl2jdk'],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', '137131202'],
    ['oauth_nonce', 'chapoH'],
  ] as const;
  const keys = {
    apiKey: '',
    apiSecret: 'kd94hf93k423kf44',
    accessToken: '',
    accessSecret: 'pfkkdhi9sl3r4s00',
  };
  expect(sign('GET', 'http://photos.example.net/photos', pairs, keys)).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
});

for (const part of ['apiKey', 'apiSecret', 'accessToken', 'accessSecret'] as const) {
  test(`a wrong ${part} is refused with X's 401`, async () => {
    const sandbox = await runSandbox();
    const { v2 } = libraryClient(sandbox, { ...SANDBOX_CREDENTIALS, [part]: 'wrong' });
    const error: unknown = await v2.tweet('x').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error).toMatchObject({
      code: 401,
      isAuthError: true,
      data: { title: 'Unauthorized', status: 401 },
    });
  });
}

type Refusal = { name: string; header: string | null; path?: string; remark: string };
const now = Math.floor(Date.now() / 1_000);
const refusals: Refusal[] = [
  { name: 'no header', header: null, remark: 'no Authorization header' },
  { name: 'a bearer token', header: 'Bearer abc', remark: 'not an OAuth 1.0a header' },
  { name: 'a broken header', header: 'OAuth oauth_nonce', remark: 'not an OAuth 1.0a header' },
  {
    name: 'a clock six minutes slow',
    header: authorization('GET', '/2/users/me', { oauth_timestamp: String(now - 360) }),
    remark: 'timestamp is more than five minutes off',
  },
  {
    name: 'a clock six minutes fast',
    header: authorization('GET', '/2/users/me', { oauth_timestamp: String(now + 360) }),
    remark: 'timestamp is more than five minutes off',
  },
  {
    name: 'the signature of another method',
    header: authorization('POST', '/2/users/me'),
    remark: 'signature does not fit the request',
  },
  {
    name: 'the signature of another route',
    header: authorization('GET', '/2/tweets'),
    remark: 'signature does not fit the request',
  },
  {
    name: 'a query that was not signed',
    header: authorization('GET', '/2/users/me'),
    path: '/2/users/me?user.fields=id',
    remark: 'signature does not fit the request',
  },
  {
    name: 'another signature method',
    header: authorization('GET', '/2/users/me', { oauth_signature_method: 'PLAINTEXT' }),
    remark: 'signature method is not HMAC-SHA1',
  },
];

async function check({ header, path = '/2/users/me', remark }: Refusal): Promise<void> {
  const sandbox = await runSandbox();
  const response = await fetch(sandbox.url + path, {
    headers: header === null ? {} : { authorization: header },
  });
  expect(response.status).toBe(401);
  const log = await (await fetch(`${sandbox.url}/sandbox/requests`)).json();
  expect(log).toMatchObject([{ status: 401, remark }]);
}

test.each(refusals)('$name is refused, and the log says why', (refusal) => check(refusal));

test('a request that somebody recorded cannot be sent again', async () => {
  const sandbox = await runSandbox();
  const init = { headers: { authorization: authorization('GET', '/2/users/me') } };
  expect((await fetch(`${sandbox.url}/2/users/me`, init)).status).toBe(200);
  expect((await fetch(`${sandbox.url}/2/users/me`, init)).status).toBe(401);
});
