/** `npm run test:all`, which also runs what takes minutes. */
export const isAll = process.env.TEST_ALL !== undefined;

/** A test of `npm run test:all` alone. */
export const itInAll: typeof it | typeof it.skip = isAll ? it : it.skip;
