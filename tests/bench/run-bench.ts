import { printTable } from '../conformance/table.ts';
import { measureFetch, measureParse } from './intake.ts';
import type { Measured } from './measure.ts';
import { measureOutbox } from './outbox.ts';
import { measureUrgent } from './urgent.ts';

/**
 * Prints how long the program's jobs take beside the barest way of doing each, measured in turn on this machine. Times differ from
 * machine to machine and from minute to minute, ratios much less; nothing here passes or fails.
 */
const rows: Measured[] = [];
for (const measure of [measureFetch, measureParse, measureOutbox, measureUrgent]) rows.push(await measure());
printTable('Medians, and how many times the barest way', rows);
