/** What a command sees of the process it runs in. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly readStdin: () => Promise<Uint8Array>;
}

export interface Output {
  readonly isTerminal: boolean;
  readonly write: (text: string) => Promise<void>;
}

/** The real process. Writing waits until the text is handed over, so that ending the process cuts nothing off. */
export function processIo(): Io {
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readStdin: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
      return Buffer.concat(chunks);
    },
  };
}

function output(stream: NodeJS.WriteStream): Output {
  // A reader that has seen enough, such as `head`, is no failure; the write's callback reports it.
  stream.on("error", () => {});
  const write = stream.write.bind(stream);
  return {
    isTerminal: stream.isTTY === true,
    write: (text) => new Promise((resolve) => write(text, () => resolve())),
  };
}
