/** Our way of doing a job beside the barest way of doing it, in the same process and the same minutes. */
export type Measured = { job: string; ours: string; bare: string; ratio: string };

type Work = (round: number) => Promise<unknown>;

/**
 * Does both in turn, so that whatever else the machine does slows both, and compares the medians: the first rounds warm up
 * and don't count.
 */
export async function compare(
  job: string,
  { ours, bare }: { ours: Work; bare: Work },
  rounds: { warm: number; counted: number },
): Promise<Measured> {
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds.warm + rounds.counted; round += 1) {
    const measured = { ours: await timed(ours, round), bare: await timed(bare, round) };
    if (round < rounds.warm) continue;
    times.ours.push(measured.ours);
    times.bare.push(measured.bare);
  }
  const [a, b] = [median(times.ours), median(times.bare)];
  return { job, ours: `${a.toFixed(2)} ms`, bare: `${b.toFixed(2)} ms`, ratio: `${(a / b).toFixed(1)}x` };
}

async function timed(work: Work, round: number): Promise<number> {
  const begun = performance.now();
  await work(round);
  return performance.now() - begun;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
