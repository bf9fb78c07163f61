import { rmSync } from "node:fs";

export default function globalTeardown(): void {
  if (process.env.HEADWATER_TEST_INSTALL) rmSync(process.env.HEADWATER_TEST_INSTALL, { recursive: true, force: true });
}
