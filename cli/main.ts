#!/usr/bin/env node
import { processIo } from "./io";
import { run } from "./program";

// Ended explicitly: a module that was checked may have left timers or sockets behind.
run(process.argv.slice(2), processIo()).then((code) => process.exit(code));
