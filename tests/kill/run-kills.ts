import { parseArgs } from 'node:util';
import { campaign, lineOf } from './campaign.ts';

/** `npm run kill -- --kills N --seed S`: kills the worker so often, and ends with 1 where anything was doubled, repeated, lost or altered. */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    worlds: { type: 'string', default: '3' },
  },
});
const began = performance.now();
const tally = await campaign(Number(values.kills), Number(values.seed), Number(values.worlds));
const seconds = Math.round((performance.now() - began) / 1_000);
process.stdout.write(`seed ${values.seed}, ${seconds} s: ${lineOf(tally)}\n`);
process.exitCode = tally.findings.length === 0 ? 0 : 1;
