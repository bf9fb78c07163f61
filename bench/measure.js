/** The middle of several figures. */
function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds on the clock and of this process's processor time that a piece of work takes. */
async function timed(work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1_000, result };
}

/** A figure as the report keeps it: three significant digits are more than a noisy machine gives. */
function rounded(figure) {
  return Number(figure.toPrecision(3));
}

module.exports = { median, timed, rounded };
