import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Release {
  readonly archive: string;
  readonly sums: string;
  readonly file: string;
  readonly target: string;
}
const { downloadRelease } = require("../../tools/lib/download") as {
  downloadRelease(release: Release): Promise<boolean>;
};

let server: Server;
let base: string;
const folder = mkdtempSync(join(tmpdir(), "headwater-download-"));
const served: Record<string, Buffer> = {};

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const body = served[url ?? ""];
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(join(folder, "tool-1"));
  writeFileSync(join(folder, "tool-1", "tool"), "binary");
  execFileSync("tar", ["-czf", "tool-1.tar.gz", "tool-1"], { cwd: folder });
  served["/tool-1.tar.gz"] = readFileSync(join(folder, "tool-1.tar.gz"));
  const sum = createHash("sha256").update(served["/tool-1.tar.gz"]).digest("hex");
  served["/good"] = Buffer.from(`${"0".repeat(64)}  other.tar.gz\n${sum}  tool-1.tar.gz\n`);
  served["/bad"] = Buffer.from(`${"0".repeat(64)}  tool-1.tar.gz\n`);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ["unpacks an archive whose published checksum is right", "/tool-1.tar.gz", "/good", true],
  ["refuses an archive with another checksum", "/tool-1.tar.gz", "/bad", false],
  ["answers no for an archive that is not there", "/absent.tar.gz", "/good", false],
  ["answers no without published checksums", "/tool-1.tar.gz", "/absent", false],
])("%s", async (_, archive, sums, done) => {
  const target = join(mkdtempSync(join(folder, "bin-")), "tool");
  const release = { archive: base + archive, sums: base + sums, file: "tool-1/tool", target };
  expect(await downloadRelease(release)).toBe(done);
  expect(existsSync(target)).toBe(done);
  if (done) expect(readFileSync(target, "utf8")).toBe("binary");
  expect(readdirSync(join(target, "..")).filter((name) => name.startsWith("."))).toEqual([]);
});
