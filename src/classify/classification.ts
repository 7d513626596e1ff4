export type Topic = 'main' | 'urgent';

/** Which announcement an item is, if any, and the rule that said so (its name in config/rules.yaml, or `default`). */
export type Classification =
  | { kind: 'announce'; topic: Topic; rule: string; because: readonly string[] }
  | { kind: 'review'; topic: null; rule: string; because: readonly string[] }
  | { kind: 'ignore'; topic: null; rule: string; because: readonly string[] };
