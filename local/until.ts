/** Waits until a condition holds; `false` when it does not within the time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  milliseconds: number,
  pauseMs = 100,
): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return true;
}
