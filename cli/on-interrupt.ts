const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Runs with something else done for Ctrl-C, and for the signal Kubernetes ends a pod with, than to end at once. */
export async function onInterrupt<T>(interrupted: () => void, run: () => Promise<T>): Promise<T> {
  for (const signal of SIGNALS) process.on(signal, interrupted);
  try {
    return await run();
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  }
}
