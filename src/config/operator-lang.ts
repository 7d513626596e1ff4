import type { Lang } from '../feed/item.ts';
import type { Environment } from './environment.ts';

/** The language of the person at the terminal, as POSIX says it: LC_ALL over LC_MESSAGES over LANG. */
export function operatorLangOf(env: Environment): Lang {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (one) => one !== undefined && one !== '',
  );
  return locale?.toLowerCase().startsWith('ja') === true ? 'ja' : 'en';
}
