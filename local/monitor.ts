import { readFileSync } from "node:fs";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";

/** Where a server can be asked about itself. */
export interface Monitor {
  readonly url: string;
  /** Name of the server, where it is known. */
  readonly server?: string;
  /** Authority of its certificate, where it answers over HTTPS. */
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
}

const ANSWER_MS = 2_000;

/** What a server answers, `undefined` when it does not or says it is not well. */
export function ask<T>({ url, caFile, certFile, keyFile }: Monitor, path: string): Promise<T | undefined> {
  return new Promise((resolve) => {
    const file = (name: string | undefined) => (name ? readFileSync(name) : undefined);
    const tls = url.startsWith("https:") ? { ca: file(caFile), cert: file(certFile), key: file(keyFile) } : {};
    const request = url.startsWith("https:") ? getHttps : getHttp;
    const asked = request(`${url}${path}`, { timeout: ANSWER_MS, agent: false, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => resolve(undefined));
      response.on("end", () => resolve(response.statusCode === 200 ? parsed<T>(Buffer.concat(chunks)) : undefined));
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(undefined));
  });
}

function parsed<T>(body: Buffer): T | undefined {
  try {
    return JSON.parse(body.toString("utf8")) as T;
  } catch {
    return undefined;
  }
}
