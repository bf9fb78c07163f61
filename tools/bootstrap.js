// Runs under any Node, however old: no syntax newer than 2015, no dependencies. Everything else runs under Node 22 or newer.
var child = require("child_process");
var fs = require("fs");
var path = require("path");

var NODE_VERSION = "24.21.0";
var OLDEST = 22;
var root = path.resolve(__dirname, "..");

/** Runs a script of this folder under a Node that is new enough, fetching one when there is none. */
exports.run = function (script) {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST) {
    require(script);
    return;
  }
  var node = fetchNode();
  var env = Object.assign({}, process.env);
  env.PATH = path.dirname(node) + path.delimiter + env.PATH;
  var args = [path.join(__dirname, script)].concat(process.argv.slice(2));
  var done = child.spawnSync(node, args, { stdio: "inherit", env: env });
  process.exit(done.status === null ? 130 : done.status);
};

/** The folder everything fetched goes to. HEADWATER_TOOLS may name one that several clones share. */
exports.toolsFolder = process.env.HEADWATER_TOOLS || path.join(root, ".headwater", "tools");

function fetchNode() {
  var name = "node-" + (process.platform === "win32" ? "win" : process.platform) + "-" + process.arch;
  var folder = path.join(exports.toolsFolder, "node-" + NODE_VERSION);
  var node = path.join(folder, "node_modules", name, "bin", "node");
  if (fs.existsSync(node)) return node;
  console.log(
    "Node " +
      process.versions.node +
      " is too old (22 or newer is needed): fetching Node " +
      NODE_VERSION +
      ", about 10 s",
  );
  mkdirs(folder);
  // Set by `npm run`; under npx it names npx instead, which would ask questions.
  var npm = /npm-cli\.js$/.test(process.env.npm_execpath || "") ? process.env.npm_execpath : "";
  var install = [
    "install",
    "--silent",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
    name + "@" + NODE_VERSION,
  ];
  // The folder stands alone: what npm is told about this project must not reach it.
  var env = Object.assign({}, process.env);
  Object.keys(env).forEach(function (key) {
    if (/^npm_(config|package)_/i.test(key)) delete env[key];
  });
  var done = npm
    ? child.spawnSync(process.execPath, [npm].concat(install), { stdio: "inherit", env: env, cwd: folder })
    : child.spawnSync("npm", install, { stdio: "inherit", env: env, cwd: folder });
  if (done.status !== 0 || !fs.existsSync(node)) {
    console.error("Node 22 or newer is needed and could not be fetched: install it and run this again.");
    process.exit(1);
  }
  return node;
}

function mkdirs(folder) {
  if (fs.existsSync(folder)) return;
  mkdirs(path.dirname(folder));
  fs.mkdirSync(folder);
}
