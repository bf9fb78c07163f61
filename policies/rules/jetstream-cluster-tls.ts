import { unlessHidden } from "../../preflight/asset";
import { type AddedKey, addedKeys } from "../../render/added-config";
import { texts } from "../options";
import { defineRule } from "../rule";
import type { ClusterAsset } from "../system";
import { unjudgedPatches } from "../unjudged-patches";

const SIDES = ["client", "cluster", "gateway", "leafNodes", "websocket", "mqtt"] as const;
type Side = (typeof SIDES)[number];

/** The block of the servers' configuration a side is in. */
const BLOCKS: Readonly<Record<Side, string>> = {
  client: "",
  cluster: "cluster.",
  gateway: "gateway.",
  leafNodes: "leafnodes.",
  websocket: "websocket.",
  mqtt: "mqtt.",
};
const CROSSES: Readonly<Record<Side, string>> = {
  client: "what clients send and receive, logins included,",
  cluster: "every replicated message",
  gateway: "what clusters send each other",
  leafNodes: "what leaf nodes send and receive",
  websocket: "what websocket clients send and receive, logins included,",
  mqtt: "what MQTT clients send and receive, logins included,",
};

/** What crosses the network is encrypted. */
export const clusterTls = defineRule({
  id: "jetstream-cluster-tls",
  title: "Every connection to the servers and between them is encrypted",
  severity: "high",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A side without TLS sends everything in the clear: messages, and the passwords clients log in with. Whoever is on the same network reads them, and can pretend to be a server.",
  fix: "Set tls for the side: a secretName, an issuer, ownAuthority, or certFile with keyFile.",
  topics: ["security", "encryption"],
  frameworks: ["ISO/IEC 27001:2022 A.8.20", "ISO/IEC 27001:2022 A.8.24", "SOC 2 CC6.7"],
  options: { sides: texts(SIDES, `Sides that need TLS, of ${SIDES.join(", ")}.`) },
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, tls: { client: { secretName: "nats-client-tls" } } },
    passes: {
      name: "nats",
      size: 3,
      tls: { client: { secretName: "nats-client-tls" }, cluster: { secretName: "nats-cluster-tls" } },
    },
  },
  *find(cluster, { sides }) {
    if (sides.includes("leafNodes")) yield* clearRemotes(cluster);
    const added = addedKeys(cluster.spec);
    for (const side of SIDES) {
      if (!sides.includes(side) || !unlessHidden(() => listens(cluster, side, added))) continue;
      if (unlessHidden(() => hasTls(cluster, side, added)) === false)
        yield {
          field: `tls.${side}`,
          problem: `is not set: ${CROSSES[side]} can be read on the network`,
          ...(side === "mqtt" && { remedy: "Set tls of the block that turns MQTT on." }),
        };
      yield* undone(side, added);
      yield* unjudgedPatches(cluster.spec, [`${BLOCKS[side]}tls.insecure`], `TLS of side ${side}`);
    }
  },
});

function listens({ spec, effective }: ClusterAsset, side: Side, added: readonly AddedKey[]): boolean {
  const typed: Readonly<Record<Side, () => boolean>> = {
    client: () => true,
    cluster: () => !effective.standalone,
    gateway: () => spec.gateway !== undefined,
    leafNodes: () => spec.leafNodes?.listen === true,
    websocket: () => spec.websocket !== undefined,
    mqtt: () => false,
  };
  return typed[side]() || added.some(({ key, value }) => opens(BLOCKS[side], key, value));
}

const opens = (block: string, key: string, value: unknown) =>
  key === `${block}port` || (key === `${block}enabled` && value === true);

function hasTls({ spec }: ClusterAsset, side: Side, added: readonly AddedKey[]): boolean {
  const block = `${BLOCKS[side]}tls.`;
  const found = added.filter(({ key }) => key.startsWith(block));
  const isOff = found.some(({ key, value }) => key === `${block}enabled` && value !== true);
  if (!isOff && found.some(({ key }) => key === `${block}cert_file` || key === `${block}enabled`)) return true;
  return side !== "mqtt" && spec.tls?.[side] !== undefined;
}

/** Keys that take back what TLS is for. */
const UNDOING: Readonly<Record<string, string>> = {
  allow_non_tls: "lets clients in without TLS",
  "tls.insecure": "accepts any certificate: whoever answers is believed to be a server",
};

function* undone(side: Side, added: readonly AddedKey[]) {
  for (const { key, value, field } of added) {
    const says = key.startsWith(BLOCKS[side]) ? UNDOING[key.slice(BLOCKS[side].length)] : undefined;
    if (says && value === true) yield { field, value: true, problem: says, remedy: "Remove it." };
  }
}

// A hub may ask for TLS by itself, and an answer in the clear may take that request away.
function* clearRemotes({ spec }: ClusterAsset) {
  const remotes = unlessHidden(() => spec.leafNodes?.remotes) ?? [];
  for (const i of remotes.keys()) {
    const isClear = unlessHidden(() => {
      const { tls, urls } = remotes[i] as (typeof remotes)[number];
      return tls === undefined && urls.some((url) => !/^(tls|wss):/.test(url));
    });
    if (isClear)
      yield {
        field: `leafNodes.remotes[${i}]`,
        problem: "does not ask for TLS: unless the hub does, everything is sent in the clear",
        remedy: "Set its tls, or begin its urls with tls:// or wss://.",
      };
  }
}
