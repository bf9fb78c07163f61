import { type ConfigTree, type ConfigValue, isList } from "../../../render/config-tree";
import { UNKNOWN } from "../../unknown-value";
import { blockKeys, type ConfigKey, isBlock, keysIn } from "./config-block";
import { type ConfigContext, extra, tlsPart } from "./config-fields";
import { joined, type Part, part } from "./part";

/** Leaf nodes, both ways. */
export function leafNodesPart(key: ConfigKey, context: ConfigContext): Part {
  const keys = blockKeys("leafnodes", key);
  return joined([
    part("leafNodes", {}, context.place(key.path)),
    ...keys.map((one) => {
      if (one.key === "port") return part("leafNodes.listen", true, context.place(one.path));
      if (one.key === "tls") return tlsPart("tls.leafNodes", "leafnodes.")(one, context);
      if (one.key === "remotes") return remotesPart(one, context);
      return ADDRESSES.includes(one.key) ? joined([]) : extra(`leafnodes.${one.key}`)(one, context);
    }),
  ]);
}

const ADDRESSES = ["host", "advertise", "no_advertise"];

function remotesPart({ value, path }: ConfigKey, context: ConfigContext): Part {
  const at = context.place(path);
  if (!isList(value)) return part("leafNodes.remotes", UNKNOWN, at);
  const remotes = value.map((remote, i) => remoteOf(remote, [...path, i], context));
  const places = Object.fromEntries(remotes.map((_, i) => [`leafNodes.remotes[${i}]`, context.place([...path, i])]));
  return { ...part("leafNodes.remotes", remotes, at), places: { "leafNodes.remotes": at, ...places } };
}

// A remote's nkey and more are passed over: no rule asks for them, and no secret is kept.
function remoteOf(remote: ConfigValue, path: readonly (string | number)[], context: ConfigContext): unknown {
  if (!isBlock(remote)) return UNKNOWN;
  const found = new Map(keysIn(remote, path).map(({ key, value }) => [key, value]));
  const urls = found.get("urls") ?? found.get("url");
  const addresses = (isList(urls) ? urls : [urls]).map((url) => context.variables.value(url));
  const login = addresses
    .map((url) => (typeof url === "string" ? /\/\/([^@/]*)@/.exec(url)?.[1] : undefined))
    .find(Boolean);
  const [user, password] = login?.split(":") ?? [];
  const tls = found.get("tls");
  const credentials = found.get("credentials") ?? found.get("creds");
  return {
    urls: addresses.map((url) => (typeof url === "string" ? url.replace(/\/\/[^@/]*@/, "//") : UNKNOWN)),
    ...(typeof found.get("account") === "string" && { account: found.get("account") }),
    ...(user && { user }),
    ...(password && { password: passwordOf(password) }),
    ...(typeof credentials === "string" && { credentials: { file: credentials } }),
    ...(isBlock(tls) && { tls: filesOf(tls) }),
  };
}

function filesOf(tls: ConfigTree) {
  const [certFile, keyFile] = [tls.cert_file, tls.key_file];
  return { ...(typeof certFile === "string" && { certFile }), ...(typeof keyFile === "string" && { keyFile }) };
}

// What Kubernetes puts in is a reference; what stands in the text is not.
function passwordOf(password: string) {
  const name = /^\$\((\w+)\)$/.exec(password)?.[1];
  return name ? { env: name } : { value: password };
}
