/** The last of the works that wait for each owner. */
const last = new WeakMap<object, Promise<unknown>>();

/**
 * Runs works of one owner one after another, in the order in which they came; the failure of one does not touch the next.
 * For what reads, decides and writes with other works in between: two feeds that bring one announcement at the same moment.
 */
export function inTurn<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const before = last.get(owner) ?? Promise.resolve();
  const mine = before.then(work, work);
  last.set(owner, mine);
  return mine;
}
