import { expect, test } from 'vitest';
import { BETWEEN, campaign, lineOf } from './campaign.ts';

const THOROUGH = process.env['KOSATSU_THOROUGH'] === '1';
const KILLS = THOROUGH ? 200 : 10;

test(
  'a worker killed at any moment doubles nothing, loses nothing and alters nothing',
  async () => {
    const tally = await campaign(KILLS, Number(process.env['KOSATSU_SEED'] ?? 1), THOROUGH ? 3 : 2);
    process.stdout.write(`${lineOf(tally)}\n`);
    expect(tally.findings).toEqual([]);
    expect(tally).toMatchObject({
      kills: KILLS,
      doubled: 0,
      repeated: 0,
      lost: 0,
      altered: 0,
      leftToPeople: 0,
    });
    expect(tally.posts).toBe(tally.released);
    expect(tally.posts).toBeGreaterThanOrEqual(KILLS / 2);
    // Kills that all fell before the first request, as on a machine too busy for the program to start in time, would prove nothing.
    expect(KILLS - (tally.fell['starting'] ?? 0)).toBeGreaterThanOrEqual(KILLS / 2);
    const aboutThePost = ['POST under way', 'X had answered, unheard', BETWEEN];
    expect(aboutThePost.reduce((all, place) => all + (tally.fell[place] ?? 0), 0)).toBeGreaterThanOrEqual(
      KILLS / 10,
    );
  },
  THOROUGH ? 1_500_000 : 240_000,
);
