/** The lease of a shared database: long enough for a POST with its margin, short enough for a stand-by to be of use. */
export const leaseLimits = { ttlMs: 20_000 } as const;
