const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { npm } = require("./dependencies");
const paths = require("./paths");
const { logged } = require("./run");

/** The name the image of this repository's own package has in the cluster that is started here. */
const NAME = "headwater.local/headwater:test";

/** Puts an image of Node and the packed package, installed as users install it, into the cluster; answers its name. */
async function headwaterImage(script) {
  const packed = fs.mkdtempSync(path.join(os.tmpdir(), "headwater-pack-"));
  const folder = path.join(paths.home, "image", "headwater");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  await npm(["pack", "--silent", "--pack-destination", packed]);
  const tarball = fs.readdirSync(packed).find((file) => file.endsWith(".tgz"));
  const own = { private: true, dependencies: { headwater: `file:${path.join(packed, tarball)}` } };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(own));
  const quiet = ["--silent", "--no-audit", "--no-fund", "--prefer-offline", "--omit=dev", "--omit=peer"];
  await npm(["install", "--prefix", folder, ...quiet]);
  fs.rmSync(packed, { recursive: true, force: true });
  const env = { ...process.env, EXTRA_IMAGES: `${NAME}=${folder},${process.execPath}` };
  await logged(path.join(paths.home, "logs", "headwater-image.log"), "bash", [script, "images"], { env });
  return NAME;
}

module.exports = { headwaterImage };
