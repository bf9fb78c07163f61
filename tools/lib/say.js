let out = process.stdout;
const color = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);

const bold = paint("1");
const dim = paint("2");
const red = paint("31");

/** A mistake or a lack the user can mend: printed as one sentence, without a stack. */
class Trouble extends Error {}

/** From here on progress goes to standard error: what is left on standard output is for a program to read. */
function sayOnStandardError() {
  out = process.stderr;
}

/**
 * Runs a step that takes more than a moment, saying what it is, about how long it takes, and how long it took. A step that
 * prints nothing itself shows that it goes on: every second on a terminal, every minute elsewhere.
 */
async function step(title, about, run, { prints = false } = {}) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  const print = (line) => out.write(`${line}\n`);
  print(`${bold(">")} ${title}${about ? dim(` (${about})`) : ""}`);
  const terminal = out.isTTY;
  const show = () => (terminal ? out.write(`\r${dim(`  ${seconds()} s`)}`) : print(`  ${seconds()} s so far`));
  const ticking = prints ? undefined : setInterval(show, terminal ? 1_000 : 60_000);
  try {
    return await run();
  } finally {
    clearInterval(ticking);
    if (Date.now() - started >= 1_000) print(`${terminal && !prints ? "\r" : ""}${dim(`  done in ${seconds()} s`)}`);
  }
}

/** Runs a whole script: an error becomes one message and exit code 1. */
function main(run) {
  run().catch((error) => {
    console.error(red(error instanceof Trouble ? error.message : (error.stack ?? String(error))));
    process.exitCode = 1;
  });
}

module.exports = { bold, dim, step, sayOnStandardError, main, Trouble };
