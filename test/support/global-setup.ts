import { packAndInstall } from "./installed-package";

/** Packs the package and installs the tarball into a fresh project, once for all engine tests. */
export default async function globalSetup(): Promise<void> {
  process.env.HEADWATER_TEST_INSTALL = await packAndInstall();
}
