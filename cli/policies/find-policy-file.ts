import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The policy file of a folder: in it, or in the nearest one above up to the root of the repository. */
export function findPolicyFile(name: string, folder: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const above = dirname(folder);
  return existsSync(join(folder, ".git")) || above === folder ? undefined : findPolicyFile(name, above);
}
