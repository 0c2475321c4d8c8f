import * as fc from 'fast-check';

/**
 * Holds the property to be true for `runs` arbitrary values, others each time. The error of one that fails tells the
 * smallest that does, and its seed: `FUZZ_SEED=<seed>` brings the same values again.
 */
export async function fuzz<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: number,
  check: (value: T) => Promise<void>,
): Promise<void> {
  const { FUZZ_SEED } = process.env;
  await fc.assert(fc.asyncProperty(arbitrary, check), {
    numRuns: runs,
    ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }),
    // Looking for the smallest value must not take longer than the test may.
    interruptAfterTimeLimit: 30_000,
    markInterruptAsFailure: false,
  });
}
