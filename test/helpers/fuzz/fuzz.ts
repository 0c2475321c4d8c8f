import * as fc from 'fast-check';

/**
 * Holds the property to be true for `runs` arbitrary values, the same each time unless `FUZZ_SEED` names another seed.
 * The error of one that fails tells the smallest that does.
 */
export async function fuzz<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  check: (value: T) => Promise<void>,
  limitMs = 30_000,
): Promise<void> {
  const { FUZZ_SEED = '1' } = process.env;
  await fc.assert(fc.asyncProperty(arbitrary, check), {
    numRuns: runs,
    seed: Number(FUZZ_SEED),
    // Looking for the smallest value must not take longer than the test may.
    interruptAfterTimeLimit: limitMs,
    markInterruptAsFailure: false,
  });
}
