import type { Io } from "../../cli/io";
import { progress } from "../../cli/progress";

const ioOf = (isTerminal: boolean) => {
  const written: string[] = [];
  const write = async (text: string) => void written.push(text);
  const output = { isTerminal, write };
  const io: Io = { env: {}, cwd: ".", stdout: output, stderr: output, readStdin: async () => new Uint8Array() };
  return { io, written };
};
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("progress", () => {
  it("shows a step that takes over a second, and clears the line after it", async () => {
    const { io, written } = ioOf(true);
    expect(await progress(io, false)("asking nats://a", () => wait(1_200).then(() => 5))).toBe(5);
    expect(written).toEqual(["\rasking nats://a: 1 s", "\r\u001b[2K"]);
  });

  it("clears the line of a step that fails, too", async () => {
    const { io, written } = ioOf(true);
    const failing = progress(io, false)("reading", () => wait(1_100).then(() => Promise.reject(new Error("no"))));
    await expect(failing).rejects.toThrow("no");
    expect(written.at(-1)).toBe("\r\u001b[2K");
  });

  it.each([
    ["a short step", true, false, 10],
    ["a step elsewhere than on a terminal", false, false, 1_100],
    ["a step of a quiet command", true, true, 1_100],
  ])("shows nothing for %s", async (_, terminal, quiet, milliseconds) => {
    const { io, written } = ioOf(terminal);
    const listeners = process.listenerCount("SIGINT");
    await progress(io, quiet)("asking", () => wait(milliseconds));
    expect(written).toEqual([]);
    expect(process.listenerCount("SIGINT")).toBe(listeners);
  });
});
