import type { SpecKind } from "../../model/finding";
import { isObject } from "../../model/walk";
import type { Declared } from "../../preflight/preflight";
import { meantFields } from "../../render/nack/meant-fields";
import { NACK_API_VERSION, nackKinds } from "../../render/nack/nack-kinds";
import { nackRows } from "../../render/nack/nack-rows";
import { readNack } from "../../render/nack/read-nack";
import { isCarried } from "../../render/nack/row";
import { isUnknown, UNKNOWN } from "../unknown-value";
import type { EngineResource } from "./engine";
import { readProps } from "./read-props";

/** Types of NACK's resources where a program deploys them. */
export const nackTypeOf = Object.fromEntries(
  Object.entries(nackKinds).map(([kind, name]) => [kind, `kubernetes:${NACK_API_VERSION}:${name}`]),
) as Readonly<Record<SpecKind, string>>;

type Fields = Readonly<Record<string, unknown>>;

/** An asset as a resource of NACK declares it; `undefined` where nothing can be read of it. */
export function readNackResource(kind: SpecKind, { props, name }: EngineResource): Declared | undefined {
  const { metadata, spec } = readProps(props, ["metadata", "spec"]);
  const own = isObject(spec) ? spec : {};
  const rows = nackRows[kind].filter(isCarried);
  const known = Object.fromEntries(Object.entries(own).filter(([, value]) => !isUnknown(value)));
  // A name that is not known yet must be there for the rest to be read.
  const required = rows.filter(({ field }) => NAMES[kind].includes(field));
  const names = Object.fromEntries(required.flatMap(({ nack }) => (nack in known ? [] : [[nack, "?"]])));
  const object = {
    apiVersion: NACK_API_VERSION,
    kind: nackKinds[kind],
    metadata: knownParts(isObject(metadata) ? metadata : {}),
    spec: { ...known, ...names },
  };
  const { declared } = readNack(object);
  if (!declared) return undefined;
  const isLost = (nack: string) => !isObject(spec) || isUnknown(own[nack]);
  const hidden = rows.filter(({ nack }) => isLost(nack)).map(({ field }) => [field.split(".")[0] ?? field, UNKNOWN]);
  const { waive } = declared;
  return {
    kind,
    spec: { ...meantFields(declared), ...Object.fromEntries(hidden) },
    isUnknown,
    by: name,
    ...(waive && { waive }),
  };
}

const NAMES: Readonly<Record<SpecKind, readonly string[]>> = {
  stream: ["name"],
  consumer: ["stream", "name"],
  "key-value bucket": ["name"],
  "object store": ["name"],
};

/** What tells accounts apart among resources of NACK: they share the provider of the cluster they are deployed to. */
export function nackAccount({ props }: EngineResource): string {
  const { metadata, spec } = readProps(props, ["metadata", "spec"]);
  const [own, about] = [isObject(spec) ? spec : {}, isObject(metadata) ? metadata : {}];
  const text = (value: unknown) => (isUnknown(value) ? "?" : value);
  return JSON.stringify([text(about.namespace), text(own.account), text(own.servers)]);
}

// Of annotations that are not known nothing is read.
function knownParts(fields: Fields): Fields {
  const known = Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
    if (isUnknown(value)) return isObject(value) ? [[key, knownParts(value)]] : [];
    return [[key, value]];
  });
  return Object.fromEntries(known);
}
