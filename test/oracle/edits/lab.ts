import type { NatsConnection } from "@nats-io/transport-node";
import { type Api, jetStreamApi } from "../../../provider/api";
import { connection } from "../../../provider/connection";
import { readSettings, type Settings } from "../../../provider/settings";
import { publish } from "./messages";

/** Servers to try edits on. */
export interface Lab {
  readonly api: Api;
  readonly nc: NatsConnection;
  readonly version: string;
  readonly cluster: boolean;
  readonly urls: string;
  /** A name nothing else has. */
  readonly name: () => string;
}

/** What mirrors and sources of the cases copy: twelve messages each, over the subjects a to d. */
export const ORIGINS = ["ORIGIN", "OTHER", "KV_ORIGIN", "KV_OTHER"];
const originSubject = (name: string) => (name.startsWith("KV_") ? `$KV.${name.slice(3)}` : `from.${name}`);

/** Opens servers for edits, with the streams others copy from. */
export async function openLab(urls: string, version: string, cluster: boolean): Promise<Lab> {
  const settings = readSettings((key) => ({ "nats:servers": urls })[key]).settings as Settings;
  const [api, nc] = [jetStreamApi(settings), await connection(settings)];
  let count = 0;
  for (const name of ORIGINS) {
    const subject = originSubject(name);
    await api.request(`STREAM.CREATE.${name}`, { name, subjects: [`${subject}.>`], allow_direct: true });
    await publish(nc, { subjects: [`${subject}.>`] }, 12);
  }
  return { api, nc, version, cluster, urls, name: () => `E${++count}` };
}
