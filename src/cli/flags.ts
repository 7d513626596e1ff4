/** How a flag is written: `switch` alone, `text` with a value, `list` with a value and as often as wanted. */
export type FlagKind = 'switch' | 'text' | 'list';

/** Every flag of the program, and the placeholder of its value in the help. A name means the same in every command. */
export const FLAGS = {
  config: { kind: 'text', value: 'DIR' },
  data: { kind: 'text', value: 'DIR' },
  feed: { kind: 'text', value: 'URL|FILE' },
  'first-run': { kind: 'text', value: 'baseline|publish' },
  once: { kind: 'switch', value: null },
  'dry-run': { kind: 'switch', value: null },
  port: { kind: 'text', value: 'N' },
  json: { kind: 'switch', value: null },
  html: { kind: 'text', value: 'FILE' },
  text: { kind: 'text', value: 'T' },
  url: { kind: 'text', value: 'U' },
  template: { kind: 'text', value: 'NAME' },
  set: { kind: 'list', value: 'K=V' },
  lang: { kind: 'text', value: 'ja|en' },
  yes: { kind: 'switch', value: null },
  'override-pause': { kind: 'switch', value: null },
  topic: { kind: 'text', value: 'main|urgent' },
  state: { kind: 'text', value: 'S' },
  by: { kind: 'text', value: 'NAME' },
  reason: { kind: 'text', value: 'TEXT' },
  'token-file': { kind: 'text', value: 'FILE' },
  'break-glass': { kind: 'switch', value: null },
  operator: { kind: 'text', value: 'NAME' },
  role: { kind: 'list', value: 'ROLE' },
  label: { kind: 'text', value: 'TEXT' },
  revoke: { kind: 'text', value: 'TOKENID' },
  reset: { kind: 'switch', value: null },
  format: { kind: 'text', value: 'jsonl|csv' },
  from: { kind: 'text', value: 'DAY' },
  to: { kind: 'text', value: 'DAY' },
  out: { kind: 'text', value: 'FILE' },
  anchor: { kind: 'list', value: 'N:HASH' },
  correct: { kind: 'switch', value: null },
  correction: { kind: 'text', value: 'TEXT' },
  published: { kind: 'text', value: 'POSTID' },
  'not-published': { kind: 'switch', value: null },
  'all-known': { kind: 'switch', value: null },
  post: { kind: 'text', value: 'ID,ID' },
  'newest-only': { kind: 'switch', value: null },
  help: { kind: 'switch', value: null },
} as const satisfies Record<string, { kind: FlagKind; value: string | null }>;
export type FlagName = keyof typeof FLAGS;

/** A command's actions, each with those of the command's flags that only it and its like take. */
export type Actions = Readonly<Record<string, readonly FlagName[]>>;
