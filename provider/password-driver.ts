import { generateKey } from "../secrets/generate-key";
import type { SecretDriver } from "./secret-handler";

/** A password made at random, once. */
export const passwordDriver: SecretDriver = {
  kind: "password",
  inputs: ({ name }) => ({ name }),
  check: () => [],
  next: async (state) => ({ outputs: { password: state?.password ?? generateKey() }, findings: [] }),
};
