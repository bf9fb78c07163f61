import type { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttps, type Server } from "node:https";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { generate } from "selfsigned";

// The WebSockets of the client under test; the package brings no types.
const { WebSocketServer } = require("ws") as {
  WebSocketServer: new (
    options: object,
  ) => {
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (ws: WebSocket) => void): void;
  };
};

interface WebSocket extends EventEmitter {
  send(data: Uint8Array): void;
  close(): void;
  terminate(): void;
}

/** A pod of the stand-in: where its port really is. */
export interface FakePod {
  readonly name: string;
  readonly port: number;
  ready: boolean;
}

/** Speaks as much of the Kubernetes API as a port-forward needs, and forwards to ports of this machine. */
export interface FakeKubernetes {
  /** Text of a kubeconfig with its one context, `fake`. */
  readonly kubeconfig: string;
  readonly pods: FakePod[];
  /** Paths of the port-forwards, in order. */
  readonly forwarded: string[];
  /** Resources that are refused with 403. */
  readonly forbidden: Set<string>;
  /** Ends what a pod has open, as if it went away. */
  drop(pod: string): void;
  stop(): Promise<void>;
}

const TOKEN = "the-token-of-the-kubeconfig";
/** The Service of the stand-in and its port in the pods. */
export const SERVICE = { namespace: "messaging", service: "nats", port: 4222 };

export async function startKubernetes(): Promise<FakeKubernetes> {
  const pem = await generate([{ name: "commonName", value: "kubernetes" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7 as const, ip: "127.0.0.1" }] }],
  });
  const state = { pods: [] as FakePod[], forwarded: [] as string[], forbidden: new Set<string>() };
  const open = new Map<WebSocket, string>();
  const server = createHttps({ key: pem.private, cert: pem.cert }, (request, response) =>
    answer(state, request, response),
  );
  const webSockets = new WebSocketServer({ noServer: true, handleProtocols: () => "v4.channel.k8s.io" });
  server.on("upgrade", (request, socket, head) => {
    const [, pod = ""] = /\/pods\/([^/]+)\/portforward\?ports=9222$/.exec(request.url ?? "") ?? [];
    const target = state.pods.find(({ name }) => name === pod);
    const refused = state.forbidden.has("portforward") ? "403 Forbidden" : target ? undefined : "404 Not Found";
    if (refused || !target) {
      socket.end(`HTTP/1.1 ${refused}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    state.forwarded.push(pod);
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      open.set(ws, pod);
      ws.on("close", () => open.delete(ws));
      bridge(ws, target.port);
    });
  });
  const port = await listening(server);
  return {
    ...state,
    kubeconfig: kubeconfigOf(`https://127.0.0.1:${port}`, pem.cert),
    drop: (pod) => {
      for (const [ws, of] of open) if (of === pod) ws.terminate();
    },
    stop: () =>
      new Promise((resolve) => {
        for (const ws of open.keys()) ws.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Text of a kubeconfig with one cluster, user and context. */
export function kubeconfigOf(server: string, certificate: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: fake, cluster: { server: "${server}", certificate-authority-data: ${Buffer.from(certificate).toString("base64")} } }]
users: [{ name: tester, user: { token: ${TOKEN} } }]
contexts: [{ name: fake, context: { cluster: fake, user: tester } }]
current-context: fake
`;
}

type State = Pick<FakeKubernetes, "pods" | "forbidden">;

function answer(state: State, request: IncomingMessage, response: ServerResponse): void {
  const { code, ...body } = replyTo(state, request);
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function replyTo(
  { pods, forbidden }: State,
  { url = "", headers }: IncomingMessage,
): Record<string, unknown> & { code: number } {
  const { pathname, searchParams } = new URL(url, "https://fake");
  const status = (code: number, message: string) => ({ kind: "Status", apiVersion: "v1", code, message });
  if (headers.authorization !== `Bearer ${TOKEN}`) return status(401, "Unauthorized");
  const [, namespace, resource = "", name] =
    /^\/api\/v1\/namespaces\/([^/]+)\/(\w+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (forbidden.has(resource))
    return status(403, `${resource} is forbidden: User "tester" cannot use it in the namespace "${namespace}"`);
  if (resource === "services" && name === SERVICE.service && namespace === SERVICE.namespace) {
    const ports = [{ port: SERVICE.port, targetPort: "client" }];
    const spec = { selector: { app: "nats", role: "server" }, ports };
    return { code: 200, metadata: { name }, spec };
  }
  if (resource !== "pods") return status(404, `${resource} "${name}" not found`);
  const selected = searchParams.get("labelSelector") === "app=nats,role=server" ? pods : [];
  return { code: 200, items: selected.map(podOf) };
}

function podOf({ name, ready }: FakePod) {
  return {
    metadata: { name },
    spec: { containers: [{ name: "nats", ports: [{ name: "client", containerPort: 9222 }] }] },
    status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  };
}

// v4.channel.k8s.io: the first byte is the channel, 0 for data and 1 for errors; each begins with the port, low byte first.
function bridge(ws: WebSocket, port: number): void {
  const channel = (number: number, data: Uint8Array) => ws.send(Buffer.concat([Buffer.from([number]), data]));
  const name = Buffer.from([9222 & 0xff, 9222 >> 8]);
  channel(0, name);
  channel(1, name);
  const socket: Socket = connect(port, "127.0.0.1");
  socket.on("data", (data) => channel(0, data));
  socket.on("error", ({ message }) => channel(1, Buffer.from(message)));
  socket.on("close", () => ws.close());
  ws.on("message", (data: Buffer) => socket.write(data.subarray(1)));
  ws.on("close", () => socket.destroy());
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}
