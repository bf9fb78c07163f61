import { semaphore } from "../../provider/semaphore";

it("runs at most so many at once, in order, and goes on after a failure", async () => {
  const limited = semaphore(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const task = (i: number) => async () => {
    started.push(i);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    if (i === 1) throw new Error("one fails");
    return i;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((i) => limited(task(i))));
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
});
