const fs = require("node:fs");
const path = require("node:path");
const paths = require("./paths");
const { logged, output } = require("./run");
const { Trouble } = require("./say");

/**
 * Builds one Go command at a version into `target`, with caches of its own that are removed afterwards. `source` is a
 * program of ours that uses the module.
 */
async function goBuild({ name, module, command, version, tags, ldflags, source, target }) {
  if (!output("go", ["version"])) {
    throw new Trouble(
      `${name} ${version} is needed, could not be downloaded, and there is no Go to build it with: install ${name}, or Go.`,
    );
  }
  const folder = path.join(paths.tools, "build", `${name}-${version}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const env = {
    ...process.env,
    GOPATH: path.join(folder, "go"),
    GOCACHE: path.join(folder, "cache"),
    GOFLAGS: "-modcacherw -mod=mod",
    CGO_ENABLED: "0",
  };
  const log = (part) => path.join(paths.tools, "logs", `${name}-${version}-${part}.log`);
  fs.writeFileSync(path.join(folder, "go.mod"), `module build\n`);
  await logged(log("get"), "go", ["get", "-tool", `${module}@v${version}`], { cwd: folder, env });
  if (source) fs.copyFileSync(source, path.join(folder, "main.go"));
  const flags = ["-trimpath", ...(tags ? ["-tags", tags] : []), "-ldflags", `-s -w ${ldflags ?? ""}`.trim()];
  await logged(log("build"), "go", ["build", ...flags, "-o", `${target}.new`, source ? "." : (command ?? module)], {
    cwd: folder,
    env,
  });
  // Only a finished build gets the name that later runs look for.
  fs.renameSync(`${target}.new`, target);
  fs.rmSync(folder, { recursive: true, force: true });
}

module.exports = { goBuild };
