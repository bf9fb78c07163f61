/** The newest release, on which everything runs, and the oldest one supported. */
export const NEWEST = "2.15.1";
export const OLDEST = "2.10.29";

/**
 * Versions of nats-server a suite runs on: those of `HEADWATER_TEST_VERSIONS`, which `npm run test:servers` sets to the newest
 * release of each supported series; otherwise these.
 */
export function testVersions(...otherwise: readonly string[]): readonly string[] {
  return process.env.HEADWATER_TEST_VERSIONS?.split(",") ?? otherwise;
}
