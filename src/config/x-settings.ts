import { DOTENV_FILE, type Setting, type Settings, type Variable } from './environment.ts';
import { isLoopback } from './loopback.ts';
import type { Mistake } from '../messages/mistake.ts';

const CREDENTIALS = {
  apiKey: 'X_API_KEY',
  apiSecret: 'X_API_SECRET',
  accessToken: 'X_ACCESS_TOKEN',
  accessSecret: 'X_ACCESS_SECRET',
} as const satisfies Record<string, Variable>;

type Credentials = Record<keyof typeof CREDENTIALS, string>;

/** Which X, as whom. `live` only with all four credentials and no other server named. */
export type XSettings = {
  mode: 'live' | 'sandbox';
  ownSandbox: boolean;
  credentials: Credentials | null;
  apiUrl: URL | null;
};

/** Decides between the real X and a sandbox. Where anything about that is unclear, it is a mistake, never a guess. */
export function readXSettings(settings: Settings): { x: XSettings; mistakes: readonly Mistake[] } {
  const credentials = readCredentials(settings);
  const apiUrl = readApiUrl(settings, credentials.value !== null);
  const live = credentials.value !== null && apiUrl.value === null;
  const x: XSettings = {
    mode: live ? 'live' : 'sandbox',
    ownSandbox: credentials.value === null && apiUrl.value === null,
    credentials: credentials.value,
    apiUrl: apiUrl.value,
  };
  return { x, mistakes: [...credentials.mistakes, ...apiUrl.mistakes] };
}

type Read<T> = { value: T | null; mistakes: readonly Mistake[] };

function readCredentials(settings: Settings): Read<Credentials> {
  const given = (name: Variable): Setting | null => {
    const setting = settings.get(name);
    return setting === undefined || setting.value === '' ? null : setting;
  };
  const apiKey = given(CREDENTIALS.apiKey);
  const apiSecret = given(CREDENTIALS.apiSecret);
  const accessToken = given(CREDENTIALS.accessToken);
  const accessSecret = given(CREDENTIALS.accessSecret);
  const present = [apiKey, apiSecret, accessToken, accessSecret].filter((one) => one !== null);
  const [first] = present;
  if (first === undefined) return { value: null, mistakes: [] };
  if (apiKey === null || apiSecret === null || accessToken === null || accessSecret === null) {
    const missing = Object.values(CREDENTIALS).filter((name) => given(name) === null);
    const file = present.some((one) => one.file === DOTENV_FILE) ? DOTENV_FILE : first.file;
    const mistakes = missing.map((name): Mistake => {
      return {
        file,
        line: settings.get(name)?.line ?? null,
        key: name,
        code: 'env-credentials-partial',
        params: {},
      };
    });
    return { value: null, mistakes };
  }
  const mistakes = Object.values(CREDENTIALS).flatMap((name): Mistake[] => {
    const setting = given(name);
    if (setting === null || /^[\x21-\x7e]+$/u.test(setting.value)) return [];
    return [{ file: setting.file, line: setting.line, key: name, code: 'env-credential-form', params: {} }];
  });
  const value = {
    apiKey: apiKey.value,
    apiSecret: apiSecret.value,
    accessToken: accessToken.value,
    accessSecret: accessSecret.value,
  };
  return { value, mistakes };
}

function readApiUrl(settings: Settings, hasCredentials: boolean): Read<URL> {
  const setting = settings.get('X_API_URL');
  if (setting === undefined) return { value: null, mistakes: [] };
  const { value, file, line } = setting;
  const wrong = (code: Mistake['code']): Read<URL> => {
    return { value: null, mistakes: [{ file, line, key: 'X_API_URL', code, params: {} }] };
  };
  // Someone meant to name another server, and nothing came of it: with credentials that would go live.
  if (value === '') return hasCredentials ? wrong('env-empty-api-url') : { value: null, mistakes: [] };
  const url = URL.canParse(value) ? new URL(value) : null;
  const plain =
    url !== null && url.pathname === '/' && `${url.username}${url.password}${url.search}${url.hash}` === '';
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  return url !== null && plain && web && isLoopback(url)
    ? { value: url, mistakes: [] }
    : wrong('env-not-loopback');
}
