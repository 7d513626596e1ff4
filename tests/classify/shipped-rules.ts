import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { rulesSchema, type Rules } from '../../src/classify/rules.ts';

/** The rules that ship in config/, read once. */
export const shippedRules: Rules = rulesSchema.parse(
  parse(readFileSync(new URL('../../config/rules.yaml', import.meta.url), 'utf8')),
);
