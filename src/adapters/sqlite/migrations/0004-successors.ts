/** What succeeds an entry is asked for when that entry comes back unsent. */
export const successors = `
CREATE INDEX entry_predecessor ON entry (predecessor_id) WHERE predecessor_id IS NOT NULL;
`;
