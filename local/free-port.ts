import { createServer } from "node:net";

/** A port nobody listens on: the wanted one where it is free, any other where not. */
export function freePort(host = "127.0.0.1", wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(host))));
    probe.listen(wanted, host, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
