const color = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);

const bold = paint("1");
const dim = paint("2");
const red = paint("31");

/** A mistake or a lack the user can mend: printed as one sentence, without a stack. */
class Trouble extends Error {}

/** Runs a step that takes more than a moment, saying what it is, about how long it takes, and how long it took. */
async function step(title, about, run) {
  const started = Date.now();
  console.log(`${bold(">")} ${title}${about ? dim(` (${about})`) : ""}`);
  const result = await run();
  const seconds = (Date.now() - started) / 1000;
  if (seconds >= 1) console.log(dim(`  done in ${seconds.toFixed(0)} s`));
  return result;
}

/** Runs a whole script: an error becomes one message and exit code 1. */
function main(run) {
  run().catch((error) => {
    console.error(red(error instanceof Trouble ? error.message : (error.stack ?? String(error))));
    process.exitCode = 1;
  });
}

module.exports = { bold, dim, step, main, Trouble };
