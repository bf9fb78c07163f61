import { execFile } from "node:child_process";
import { isEmpty, isObject } from "../../../model/walk";
import { decodeJson, encodeJson } from "../../../model/wire";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";
import { kubectlFile } from "../kubernetes";

/** What the API server would store of each object, in their order; rejects what it refuses, unknown fields among that. */
export async function dryRun(objects: readonly KubernetesObject[]): Promise<KubernetesObject[]> {
  const args = ["apply", "--dry-run=server", "--validate=strict", "-o", "json", "-f", "-"];
  const text = await new Promise<string>((resolve, reject) => {
    const child = execFile(kubectlFile, args, { maxBuffer: 256 << 20 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(stdout),
    );
    child.stdin?.end(encodeJson({ apiVersion: "v1", kind: "List", items: objects }));
  });
  const answer = decodeJson(text) as KubernetesObject & { readonly items: KubernetesObject[] };
  return answer.kind === "List" ? answer.items : [answer];
}

/** Paths of what was sent and is not there as it was sent. What the server added counts for nothing, nor what is empty. */
export function lost(sent: unknown, stored: unknown, path = ""): string[] {
  if (isEmpty(sent) && isEmpty(stored)) return [];
  if (typeof sent !== "object" || sent === null) return Object.is(sent, stored) ? [] : [path];
  if (typeof stored !== "object" || stored === null) return [path];
  return Object.entries(sent).flatMap(([key, value]) =>
    lost(value, (stored as Record<string, unknown>)[key], `${path}.${key}`),
  );
}

/** What the server added that is not empty: definitions have defaults of their own. */
export function added(sent: unknown, stored: unknown, path: string): string[] {
  const values = stored as Readonly<Record<string, unknown>>;
  const own = sent as Readonly<Record<string, unknown>>;
  return Object.entries(values).flatMap(([key, value]) => {
    if (isEmpty(value) || value === false || value === 0) return [];
    if (!(key in own)) return [`${path}.${key}: ${JSON.stringify(value)}`];
    return isObject(value) ? added(own[key], value, `${path}.${key}`) : [];
  });
}
