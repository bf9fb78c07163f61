import type { Finding } from "../../model/finding";
import { preflight } from "../../preflight/preflight";
import type { Rule } from "../../preflight/rule";
import type { ServerFacts } from "../../preflight/server-facts";
import { type Asset, nameOf, topologyOf } from "./asset";

/** The errors preflight has about one asset beside others. */
export type Judge = (assets: readonly Asset[], about: Asset) => Finding[];

/** Preflight with what is known of a server, and with other rules than all where they are given. */
export function judgeWith(server: ServerFacts, rules?: readonly Rule[]): Judge {
  return (assets, about) =>
    preflight(topologyOf(assets), { server, rules }).filter(
      ({ severity, kind, name }) => severity === "error" && kind === about.kind && name === nameOf(about),
    );
}
