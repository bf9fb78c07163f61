#!/usr/bin/env node
import { processIo } from "./io";
import { run } from "./program";

// Ended explicitly: a module that was checked may have left timers or sockets behind.
const io = processIo();
run(process.argv.slice(2), io).then(async (code) => {
  // Whatever was written before is handed over once these are.
  await Promise.all([io.stdout.write(""), io.stderr.write("")]);
  process.exit(code);
});
