/**
 * Every key name that a zod schema knows anywhere inside it: for hints at misspelt keys, and for the test that each is
 * documented. Walks zod's own description of itself; what it does not understand it passes over.
 */
export function keysOf(schema: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  const visited = new Set<unknown>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || visited.has(part)) return;
    visited.add(part);
    if (Array.isArray(part)) {
      part.forEach(visit);
      return;
    }
    const definition: unknown = Reflect.get(part, 'def');
    if (typeof definition !== 'object' || definition === null) return;
    const shape: unknown = Reflect.get(definition, 'shape');
    for (const [key, value] of Object.entries(typeof shape === 'object' ? (shape ?? {}) : {})) {
      keys.add(key);
      visit(value);
    }
    for (const child of ['innerType', 'element', 'options', 'in', 'out', 'valueType', 'items']) {
      visit(Reflect.get(definition, child));
    }
  };
  visit(schema);
  return keys;
}
