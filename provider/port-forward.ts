import { createServer, type Server, type Socket } from "node:net";
import { Writable } from "node:stream";
import type { HeadwaterError } from "../model/finding";
import { apiError } from "./kubernetes/api-error";
import { type KubeConfig, type KubernetesClient, loadKubernetesClient } from "./kubernetes/client";
import { findPods, nameOf, type PodPort } from "./kubernetes/find-pod";
import { readKubeConfig } from "./kubernetes/kubeconfig";
import type { PortForwardSettings } from "./port-forward-settings";

/** A listener on this machine whose connections end at a ready pod behind a Service. */
export interface PortForward {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** Looks for a ready pod; throws why there is none. */
  readonly ready: () => Promise<void>;
  /** Why the last connection did not get through. */
  readonly problem: () => HeadwaterError | undefined;
  readonly close: () => Promise<void>;
}

/** Listens on 127.0.0.1 for this process; each connection is forwarded on its own, through the Kubernetes API. */
export async function openPortForward(target: PortForwardSettings): Promise<PortForward> {
  const client = await loadKubernetesClient();
  const config = readKubeConfig(client, target);
  const api = config.makeApiClient(client.CoreV1Api);
  const sockets = new Set<Socket>();
  let problem: HeadwaterError | undefined;
  let avoid = "";
  const pods = async () => {
    try {
      return await findPods(api, target);
    } catch (error) {
      throw apiError(error, nameOf(target));
    }
  };
  const fail = (pod: string, reason?: unknown) => {
    avoid = pod;
    if (reason) problem = apiError(reason, nameOf(target));
  };
  const forward = async (socket: Socket) => {
    let pod = "";
    try {
      const ready = await pods();
      // The pod the last connection ended at may be the one that is going away.
      const chosen = ready.find((each) => each.pod !== avoid) ?? (ready[0] as PodPort);
      pod = chosen.pod;
      problem = undefined;
      await bridge(client, config, target.namespace, chosen, socket, (reason) => fail(pod, reason));
    } catch (error) {
      fail(pod, error);
      socket.destroy();
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // The other side of this socket is the NATS client, which sees the end of it.
    socket.on("error", () => undefined);
    socket.setNoDelay(true);
    void forward(socket);
  });
  const port = await listen(server);
  return {
    port,
    ready: async () => void (await pods()),
    problem: () => problem,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      // The connection keeps the process, not the listener.
      server.unref();
      resolve((server.address() as { port: number }).port);
    });
  });
}

// Resolves once bytes can flow. Whatever ends one side ends the other.
async function bridge(
  client: KubernetesClient,
  config: KubeConfig,
  namespace: string,
  { pod, port }: PodPort,
  socket: Socket,
  ended: (reason?: unknown) => void,
): Promise<void> {
  const errors = new Writable({
    // The first is empty: it only opens the channel.
    write: (chunk: Buffer, _encoding, done) => {
      if (chunk.length > 0) {
        ended(new Error(`pod ${pod}: ${chunk.toString().trim()}`));
        socket.destroy();
      }
      done();
    },
  });
  const forwarding = new client.PortForward(config);
  const opened = await forwarding.portForward(namespace, pod, [port], socket, errors, socket);
  const webSocket = typeof opened === "function" ? opened() : opened;
  if (!webSocket || socket.destroyed) {
    webSocket?.close();
    return;
  }
  webSocket.onclose = () => {
    if (!socket.destroyed) ended();
    socket.destroy();
  };
  socket.on("close", () => webSocket.close());
}
