/**
 * Remembers what was read in the last text: the checks of a draft ask for the same one, each after the other. `read` depends on the text
 * alone, and what it returns is never altered.
 */
export function ofLastText<T>(read: (text: string) => T): (text: string) => T {
  let last: { text: string; result: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, result: read(text) };
    return last.result;
  };
}
