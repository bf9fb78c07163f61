import type { ConfigTree } from "../../../render/config-tree";
import { isUnknown, UNKNOWN } from "../../unknown-value";
import { accountsPart } from "./accounts-part";
import { blockKeys, type ConfigKey, topKeys } from "./config-block";
import {
  bytesOf,
  type ConfigContext,
  extra,
  nothing,
  number,
  plain,
  type Read,
  text,
  time,
  tlsPart,
} from "./config-fields";
import { jetStreamPart } from "./jetstream-part";
import { leafNodesPart } from "./leaf-nodes-part";
import { joined, type Part, part } from "./part";

/** What a cluster is, by the configuration of its servers. What the model has no field for is in `extraConfig`. */
export function configPart(tree: ConfigTree, context: ConfigContext): Part {
  const keys = topKeys(tree);
  const has = (name: string) => keys.some(({ key }) => key === name);
  // An operator's system account is among signed tokens, and none that is declared.
  const readers = has("operator") ? { ...READERS, system_account: extra("system_account") } : READERS;
  const parts = keys.map((key) => (readers[key.key] ?? extra(key.key))(key, context));
  const off = { key: "jetstream", value: false, path: [] };
  return joined([
    part("standalone", !has("cluster"), context.place(has("cluster") ? ["cluster"] : [])),
    // What is missing is missed where the configuration begins.
    { spec: {}, places: { tls: context.place([]), accounts: context.place([]), jetstream: context.place([]) } },
    ...(has("jetstream") ? [] : [jetStreamPart(off, context)]),
    ...parts,
  ]);
}

// The keys of a block by their names; those without a reader stay in the servers' words. TLS that is missing is missed here.
function blockPart(block: string, spec: Part["spec"], readers: Readonly<Record<string, Read>>): Read {
  return (key, context) => {
    const place = context.place(key.path);
    const fields = [...Object.keys(spec), `tls.${block}`];
    return joined([
      { spec, places: Object.fromEntries(fields.map((field) => [field, place])) },
      ...blockKeys(block, key).map((one) => (readers[one.key] ?? extra(`${block}.${one.key}`))(one, context)),
    ]);
  };
}

const LISTENS = { port: nothing, host: nothing, name: nothing, no_advertise: nothing, advertise: nothing };

// Addresses say nothing but the logins in them.
const addresses =
  (field: string): Read =>
  (key, context) =>
    JSON.stringify(key.value).includes("@") ? extra(field)(key, context) : nothing(key, context);

const READERS: Readonly<Record<string, Read>> = {
  server_name: nothing,
  pid_file: nothing,
  port: nothing,
  host: nothing,
  net: nothing,
  addr: nothing,
  http_port: nothing,
  https_port: () => ({ spec: { monitoring: { https: true } }, places: {} }),
  tls: tlsPart("tls.client", ""),
  cluster: blockPart(
    "cluster",
    {},
    {
      ...LISTENS,
      routes: addresses("cluster.routes"),
      tls: tlsPart("tls.cluster", "cluster."),
    },
  ),
  gateway: blockPart(
    "gateway",
    { gateway: {} },
    { ...LISTENS, gateways: addresses("gateway.gateways"), tls: tlsPart("tls.gateway", "gateway.") },
  ),
  leafnodes: leafNodesPart,
  websocket: blockPart(
    "websocket",
    { websocket: {} },
    { ...LISTENS, no_tls: nothing, tls: tlsPart("tls.websocket", "websocket.") },
  ),
  jetstream: jetStreamPart,
  accounts: accountsPart,
  authorization: authorizationPart,
  system_account: plain("systemAccount", text),
  no_auth_user: plain("noAuthUser", text),
  max_payload: plain("maxPayload", bytesOf),
  max_connections: plain("maxConnections", number),
  max_pending: plain("maxPending", bytesOf),
  write_deadline: plain("writeDeadline", time),
  lame_duck_duration: plain("lameDuck.duration", time),
  lame_duck_grace_period: plain("lameDuck.gracePeriod", time),
};

// One login for everybody; several, and what decides otherwise, stay in the servers' words.
function authorizationPart(key: ConfigKey, context: ConfigContext): Part {
  const keys = blockKeys("authorization", key);
  const isLogin = keys.some(({ key: name }) => name === "user" || name === "token");
  return joined(
    keys.map((one) => {
      if (!isLogin || !["user", "password", "token"].includes(one.key)) {
        return one.key === "timeout" && isLogin ? joined([]) : extra(`authorization.${one.key}`)(one, context);
      }
      const known = one.key === "user" ? context.variables.value(one.value) : context.variables.secret(one.value);
      return part(`authorization.${one.key}`, isUnknown(known) ? UNKNOWN : known, context.place(one.path));
    }),
  );
}
