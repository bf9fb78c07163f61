import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Version of this package: of the nearest `package.json`, in the sources as in what is compiled from them. */
export function packageVersion(from = __dirname): string {
  try {
    return (JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as { version: string }).version;
  } catch {
    return packageVersion(dirname(from));
  }
}
