import { first } from './migrations/0001-first.ts';
import { stopReach } from './migrations/0002-stop-reach.ts';
import { governance } from './migrations/0003-governance.ts';
import { successors } from './migrations/0004-successors.ts';

/**
 * Every change of the schema, oldest first. The list only ever grows: a migration that has run somewhere is never edited, because
 * nobody can tell any more which of its versions ran. The database's `user_version` is the number of migrations it has seen.
 */
export const MIGRATIONS: readonly string[] = [first, stopReach, governance, successors];

/** Marks a database file as ours (the letters KSTU), so that another program's file is never migrated. */
export const APPLICATION_ID = 0x4b535455;
