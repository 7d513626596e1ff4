import { describe, expect, test } from 'vitest';
import { CREDENTIALS, load, mistakesOf, type Given } from './sample-settings.ts';

const DOTENV = Object.entries(CREDENTIALS)
  .map(([name, value]) => `${name}=${value}`)
  .join('\n');
const SANDBOX = 'http://127.0.0.1:8080';

/** `live`, `sandbox` (another server plays X), `own sandbox`, or the mistakes. */
function check(given: Given, expected: string): void {
  const result = load(given);
  const mode =
    result.kind === 'ok'
      ? `${result.config.ownSandbox ? 'own ' : ''}${result.config.mode}`
      : mistakesOf(given).join(', ');
  expect(mode).toBe(expected);
}

describe('the program is live only when everything says so', () => {
  test.each<[string, Given, string]>([
    ['nothing is set', {}, 'own sandbox'],
    ['all four credentials are set', { env: CREDENTIALS }, 'live'],
    ['they stand in .env', { files: { '.env': DOTENV } }, 'live'],
    ['another server is named as well', { env: { ...CREDENTIALS, X_API_URL: SANDBOX } }, 'sandbox'],
    ['another server is named alone', { env: { X_API_URL: SANDBOX } }, 'sandbox'],
    ['.env names another server', { env: CREDENTIALS, files: { '.env': `X_API_URL=${SANDBOX}` } }, 'sandbox'],
    [
      'an empty variable stands over the server in .env',
      { env: { ...CREDENTIALS, X_API_URL: '' }, files: { '.env': `X_API_URL=${SANDBOX}` } },
      'sandbox',
    ],
    [
      'the other server’s name came out empty',
      { env: { ...CREDENTIALS, X_API_URL: ' ' } },
      'environment:- X_API_URL env-empty-api-url',
    ],
    ['it came out empty, but nothing could go live', { env: { X_API_URL: '' } }, 'own sandbox'],
    ['empty credentials are none', { files: { '.env': 'X_API_KEY=\nX_API_SECRET=\n' } }, 'own sandbox'],
    [
      'two credentials are missing',
      { env: { X_API_KEY: 'a', X_API_SECRET: 'b' } },
      'environment:- X_ACCESS_TOKEN env-credentials-partial, environment:- X_ACCESS_SECRET env-credentials-partial',
    ],
    [
      'one in .env is empty',
      { files: { '.env': DOTENV.replace('X_ACCESS_TOKEN=token', 'X_ACCESS_TOKEN=') } },
      '.env:3 X_ACCESS_TOKEN env-credentials-partial',
    ],
    [
      'a credential holds a space',
      { env: { ...CREDENTIALS, X_API_KEY: 'a b' } },
      'environment:- X_API_KEY env-credential-form',
    ],
    [
      'the handle is missing',
      { env: CREDENTIALS, files: { 'config/channels.yaml': 'pace: 3s\n' } },
      'config/channels.yaml:- handle required-in-live',
    ],
    [
      'the handle is missing in a sandbox',
      { files: { 'config/channels.yaml': { kind: 'missing' } } },
      'own sandbox',
    ],
  ])('when %s', (_name, given, expected) => check(given, expected));
});

describe('X_API_URL leads to this computer only', () => {
  test.each([
    ['http://localhost:1', true],
    ['http://127.0.0.1:8080/', true],
    ['http://127.9.9.9:1', true],
    ['http://[::1]:1', true],
    ['http://2130706433:1', true],
    ['https://api.x.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
    ['http://10.0.0.1:1', false],
    ['http://192.168.0.1:1', false],
    ['http://0.0.0.0:1', false],
    ['http://[::ffff:10.0.0.1]:1', false],
    ['http://a:b@127.0.0.1:1', false],
    ['http://127.0.0.1:1/other', false],
    ['http://127.0.0.1:1/?a=b', false],
    ['ftp://127.0.0.1', false],
    ['127.0.0.1:8080', false],
    ['sandbox', false],
  ])('%s: %s', (url, allowed) => {
    check({ env: { X_API_URL: url } }, allowed ? 'sandbox' : 'environment:- X_API_URL env-not-loopback');
  });
});

describe('a slip in .env is named, because it could make a sandbox live', () => {
  test.each<[string, string, string]>([
    ['an unknown key', 'X_API_ULR=http://127.0.0.1:1', '.env:1 X_API_ULR env-unknown'],
    ['an unknown key in lower case', 'x_api_ulr=http://127.0.0.1:1', '.env:1 x_api_ulr env-unknown'],
    ['a key in lower case', '\nx_api_url=http://127.0.0.1:1', '.env:2 x_api_url env-unknown'],
    ['an unknown key of ours', 'KOSATSU_FEED=a', '.env:1 KOSATSU_FEED env-unknown'],
    ['a line without a sign', 'X_API_URL http://127.0.0.1:1', '.env:1 X_API_URL env-line'],
    [
      'a line without a sign beside one that has it',
      'X_API_URL http://127.0.0.1:1\nX_API_URL=',
      '.env:1 X_API_URL env-line',
    ],
    ['a colon without a space', 'X_API_URL:http://127.0.0.1:1', '.env:1 X_API_URL env-line'],
    ['a wrong level', '# log\nLOG_LEVEL=loud', '.env:2 LOG_LEVEL not-one-of'],
    ['another database', 'DATABASE_URL=mysql://u:secret@h/d', '.env:1 DATABASE_URL env-database'],
  ])('%s', (_name, text, expected) => check({ files: { '.env': text } }, expected));

  test.each([
    ['other programs’ keys', 'PORT=1\nAWS_KEY=a\nXDG_HOME=b'],
    ['comments', '# X_API_ULR=http://127.0.0.1:1\n  #KOSATSU_X=1'],
    ['quotes, export and Windows line ends', 'export LOG_LEVEL="debug"\r\nKOSATSU_DATA=\'d\'\r\n'],
  ])('but %s are left alone', (_name, text) => check({ files: { '.env': text } }, 'own sandbox'));

  test('and it is read as UTF-8 or not at all', () => {
    check({ files: { '.env': { kind: 'not-utf8' } } }, '.env:-  not-utf8');
    check({ files: { '.env': { kind: 'unreadable', detail: 'EACCES' } } }, '.env:-  file-unreadable');
  });
});
