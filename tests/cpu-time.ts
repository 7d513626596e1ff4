/**
 * Begins to count the processor time of this process; the function returned gives it in milliseconds. What an endless regular expression
 * takes shows in it, what other programs on the machine take does not.
 */
export function cpuTime(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
}
