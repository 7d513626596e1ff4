import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channelsSchema } from '../../src/config/channels-file.ts';
import { VARIABLES } from '../../src/config/environment.ts';
import { feedsSchema } from '../../src/config/feeds-file.ts';
import { policySchema } from '../../src/config/policy-file.ts';
import { keysOf } from '../../src/config/schema-keys.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(ROOT, path), 'utf8');
const documentation = read('docs/configuration.md');

const schemas = { 'feeds.yaml': feedsSchema, 'policy.yaml': policySchema, 'channels.yaml': channelsSchema };
const keys = Object.entries(schemas).flatMap(([file, schema]) =>
  [...keysOf(schema)].map((key) => [file, key] as const),
);

describe('every key is documented under its file', () => {
  test('and keys are found at all', () => expect(keys.length).toBeGreaterThan(35));
  test.each(keys)('%s %s', (file, key) => {
    const section = documentation.split(/^## /mu).find((part) => part.startsWith(file)) ?? '';
    expect(section).toMatch(new RegExp(`[\`{, ]${key}[\`:, ]`, 'u'));
  });
});

describe('every variable is documented and shown in the example', () => {
  test.each([...VARIABLES])('%s', (name) => {
    expect(documentation).toContain(`\`${name}\``);
    // Commented out, so that a plain copy of the file changes nothing.
    expect(read('config/example.env')).toMatch(new RegExp(`^# ${name}=`, 'mu'));
  });
});

describe('every setting that the program ships is explained by a comment', () => {
  test.each(Object.keys(schemas))('config/%s', (file) => {
    const lines = read(`config/${file}`).split('\n');
    const firstUse = new Map<string, number>();
    for (const [index, line] of lines.entries()) {
      const key = /^\s*(?:- )?([a-zA-Z]+):/u.exec(line)?.[1];
      if (key !== undefined && !firstUse.has(key)) firstUse.set(key, index);
    }
    const unexplained = [...firstUse].filter(([, index]) => {
      const here = lines[index] ?? '';
      return (
        !here.includes('#') &&
        !(lines[index - 1] ?? '').includes('#') &&
        !(lines[index + 1] ?? '').includes('#')
      );
    });
    expect(unexplained).toEqual([]);
  });
});
