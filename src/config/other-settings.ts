import type { Settings } from './environment.ts';
import type { Mistake } from '../messages/mistake.ts';

/** How much the log tells, most first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Mistakes in settings that have nothing to do with X. Values that may hold a password are never repeated. */
export function otherSettingMistakes(settings: Settings): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const level = settings.get('LOG_LEVEL');
  if (
    level !== undefined &&
    level.value !== '' &&
    !LOG_LEVELS.some((known) => known === level.value.toLowerCase())
  ) {
    const params = { found: level.value, allowed: LOG_LEVELS.join(', ') };
    mistakes.push({ file: level.file, line: level.line, key: 'LOG_LEVEL', code: 'not-one-of', params });
  }
  const database = settings.get('DATABASE_URL');
  if (database !== undefined && database.value !== '' && !isPostgresUrl(database.value)) {
    mistakes.push({
      file: database.file,
      line: database.line,
      key: 'DATABASE_URL',
      code: 'env-database',
      params: {},
    });
  }
  return mistakes;
}

function isPostgresUrl(value: string): boolean {
  return /^postgres(?:ql)?:\/\/\S+$/u.test(value) && URL.canParse(value);
}
