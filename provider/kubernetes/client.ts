import { HeadwaterError } from "../../model/finding";
import { forwardFinding } from "./forward-finding";

type Client = Awaited<ReturnType<typeof importClient>>;

/** The part of `@kubernetes/client-node` that is used here. */
export type KubernetesClient = Pick<Client, "KubeConfig" | "CoreV1Api" | "AppsV1Api" | "PortForward">;
export type KubeConfig = InstanceType<Client["KubeConfig"]>;
export type CoreApi = InstanceType<Client["CoreV1Api"]>;

/** Loads `@kubernetes/client-node`, which only those install who forward ports. */
export async function loadKubernetesClient(): Promise<KubernetesClient> {
  try {
    return await importClient();
  } catch (error) {
    throw new HeadwaterError([asMissing(error as NodeJS.ErrnoException)]);
  }
}

// An ES module: the compiler leaves this import as it is.
function importClient() {
  return import("@kubernetes/client-node");
}

function asMissing({ code = "", message }: NodeJS.ErrnoException) {
  const missing = code.endsWith("MODULE_NOT_FOUND") && message.includes("@kubernetes/client-node");
  const problem = missing ? "is not installed" : `cannot be loaded ("${message.split("\n")[0]}")`;
  return forwardFinding(
    "CN107",
    "nats",
    `nats:portForward needs @kubernetes/client-node, which ${problem}`,
    "Run `npm i @kubernetes/client-node`, or set portForward: false and servers that can be reached.",
  );
}
