/** Values of a statement, by the names that it gives them after a colon. */
export type Params = Readonly<Record<string, string | number | boolean | null | readonly string[] | Buffer>>;
type Statement = { text: string; names: readonly string[] };

const known = new Map<string, Statement>();

/** `:name` becomes `$1`, so that statements can be read beside those of the other store. Throws where a value is missing. */
export function positional(sql: string, params: Params): { text: string; values: unknown[] } {
  const statement = known.get(sql) ?? translate(sql);
  known.set(sql, statement);
  const values = statement.names.map((name) => {
    const value = params[name];
    if (value === undefined) throw new Error(`no value for :${name}`);
    return value;
  });
  return { text: statement.text, values };
}

function translate(sql: string): Statement {
  const names: string[] = [];
  const text = sql.replaceAll(/(?<!:):([a-z_]+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${String(names.indexOf(name) + 1)}`;
  });
  return { text, names };
}
