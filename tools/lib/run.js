const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { Trouble } = require("./say");

/** Output of a command, or `undefined` when it cannot be run or fails. */
function output(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], ...options });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** Runs a command quietly, its output kept in a log file; a failure says where to read it. */
function logged(logFile, command, args, options = {}) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, "w");
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", log, log], ...options });
    child.on("error", reject);
    child.on("exit", (code) => {
      fs.closeSync(log);
      const why = `${path.basename(command)} ${args[0]} failed (exit code ${code}). Its output is in ${path.relative(process.cwd(), logFile)}`;
      code === 0 ? resolve() : reject(new Trouble(why));
    });
  });
}

/** Runs a command in the foreground, its output shown as it comes; answers its exit code and standard output. */
function shown(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["inherit", "pipe", "inherit"], ...options });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    // Ctrl-C reaches the child as well: it ends in its own good order, and then so does this.
    const wait = () => {};
    process.on("SIGINT", wait);
    child.on("error", reject);
    child.on("close", (code) => {
      process.off("SIGINT", wait);
      resolve({ code: code ?? 1, text });
    });
  });
}

/** The first folder of PATH that holds an executable, ours excepted. */
function onPath(name, except) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder && folder !== except);
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { output, logged, shown, onPath };
