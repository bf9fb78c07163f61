import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { effectiveCluster } from "../../model/cluster/effective";
import { parseBytes } from "../../model/units";
import { isOlder } from "../../model/version";
import { sameValue } from "../../model/walk";
import type { ClusterChange, ClusterChangeCode, ClusterEdit } from "./cluster-change";
import { byValue, type ClusterRow, clusterMutability } from "./cluster-mutability";
import { type EditedField, editedFields } from "./edited-fields";

type Found = Omit<ClusterChange, "name">;
type Judge = (from: ClusterSpec, to: ClusterSpec) => Found[];

const change = (code: ClusterChangeCode, edit: ClusterEdit, field: string, more: Partial<Found> = {}): Found => ({
  code,
  edit,
  field,
  ...more,
});

/** What an edit of a cluster means, field by field; what is refused comes first. Pure, and without secrets. */
export function planClusterChange(from: ClusterSpec, to: ClusterSpec): ClusterChange[] {
  // Waivers are no part of what servers or Kubernetes are told.
  const edited = editedFields({ ...from, waive: undefined }, { ...to, waive: undefined });
  const plain = edited.flatMap((field) => plainChange(field));
  const judged = JUDGES.flatMap((judge) => judge(from, to));
  const all = [...judged, ...plain].map((found) => ({ name: from.name, ...found }));
  return [...all.filter(({ edit }) => edit === "refused"), ...all.filter(({ edit }) => edit !== "refused")];
}

function plainChange({ path, from, to }: EditedField): Found[] {
  const row = rowOf(path);
  if (row === byValue) return [];
  const values = isShown(path) ? { from: scalar(from), to: scalar(to) } : {};
  const { remedy } = row;
  return [change(row.code, row.edit, path.join("."), { ...defined(values), ...(remedy && { remedy }) })];
}

/** The row of the field, or of the nearest it is in. */
export function rowOf(path: readonly string[]): ClusterRow | typeof byValue {
  for (let length = path.length; length > 0; length--) {
    const row = clusterMutability[path.slice(0, length).join(".")];
    if (row) return row;
  }
  throw new Error(`no row for ${path.join(".")}`);
}

const SECRET = ["accounts", "authorization", "operator", "leafNodes", "extraConfig", "extraValues"];

function isShown(path: readonly string[]): boolean {
  return !path.some((key) => SECRET.includes(key));
}

const scalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;

function defined(values: { from?: Found["from"]; to?: Found["to"] }): Partial<Found> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const BACKUP = "Back the streams up, make a cluster beside it, restore them there, and move the clients.";

const standalone: Judge = (from, to) => {
  const [before, after] = [effectiveCluster(from), effectiveCluster(to)];
  if (before.standalone === after.standalone) return [];
  const values = { from: before.standalone, to: after.standalone };
  return [change("CG202", "refused", "standalone", { ...values, remedy: BACKUP })];
};

const size: Judge = (from, to) => {
  const [before, after] = [effectiveCluster(from), effectiveCluster(to)];
  if (before.size === after.size || before.standalone !== after.standalone) return [];
  const values = { from: before.size, to: after.size };
  return after.size > before.size
    ? [change("CG104", "grow", "size", values)]
    : [change("CG106", "needs-evacuation", "size", values)];
};

const volume: Judge = ({ jetstream: from }, { jetstream: to }) => {
  const [before, after] = [from?.volume, to?.volume];
  const field = "jetstream.volume";
  if (!before || !after)
    return before === after
      ? []
      : [change("CG205", "refused", field, { remedy: `It is what holds the streams. ${BACKUP}` })];
  const fixed = (["storageClass", "accessMode"] as const).filter((key) => before[key] !== after[key]);
  const [small, large] = [parseBytes(before.size) ?? 0n, parseBytes(after.size) ?? 0n];
  const sizes = { from: before.size, to: after.size };
  const [made, template] = [before, after].map(({ initialSize, size }) => initialSize ?? size);
  const sameTemplate = parseBytes(made) === parseBytes(template);
  const keep = `Claims keep the size they were made with: set initialSize: ${JSON.stringify(made)} beside the new size.`;
  return [
    ...fixed.map((key) =>
      change("CG205", "refused", `${field}.${key}`, {
        ...defined({ from: before[key], to: after[key] }),
        remedy: `Keep it. ${BACKUP}`,
      }),
    ),
    ...(large < small ? [change("CG205", "refused", `${field}.size`, { ...sizes, remedy: "Keep the size." })] : []),
    ...(sameTemplate || large < small
      ? []
      : [
          change("CG205", "refused", `${field}.initialSize`, {
            ...defined({ from: made, to: template }),
            remedy: keep,
          }),
        ]),
    ...(large > small && sameTemplate ? [change("CG105", "objects", `${field}.size`, sizes)] : []),
  ];
};

// Servers reload stores that grow since 2.12. server/reload.go jetStreamOption.
const store =
  (field: "maxFileStore" | "maxMemoryStore"): Judge =>
  (from, to) => {
    const [before, after] = [effectiveCluster(from)[field], effectiveCluster(to)[field]];
    const [less, more] = [parseBytes(before) ?? -1n, parseBytes(after) ?? -1n];
    if (less === more) return [];
    const reloads = before !== undefined && more > less && !isOlder(effectiveCluster(from).version, "2.12.0");
    const values = defined({ from: before, to: after });
    return [
      reloads
        ? change("CG101", "reload", `jetstream.${field}`, values)
        : change("CG102", "rolling", `jetstream.${field}`, values),
    ];
  };

const systemAccount: Judge = (from, to) => {
  const [before, after] = [effectiveCluster(from).systemAccount, effectiveCluster(to).systemAccount];
  if (before === after) return [];
  const values = defined({ from: before, to: after });
  if (before === undefined) return [change("CG102", "rolling", "systemAccount", values)];
  return [change("CG206", "refused", "systemAccount", { ...values, remedy: "Keep its name." })];
};

// What servers do with another key: test/integration/encryption.test.ts.
const ANOTHER_KEY = {
  cluster: "Bring the servers to it one at a time, each with an empty store that the others fill: docs/keys.md.",
  standalone: "Back the streams up with their consumers, and restore them into an empty store with it: docs/keys.md.",
} as const;

const encryption: Judge = ({ jetstream: from }, wanted) => {
  const [before, after] = [from?.encryption, wanted.jetstream?.encryption];
  const field = "jetstream.encryption";
  if (!before) return after ? [change("CG107", "rolling", field)] : [];
  if (!after) return [change("CG203", "refused", field, { remedy: `Keep the key. ${BACKUP}` })];
  const ciphers = { from: before.cipher ?? "chacha", to: after.cipher ?? "chacha" };
  const recoded = ciphers.from === ciphers.to ? [] : [change("CG108", "rolling", `${field}.cipher`, ciphers)];
  if (!sameValue(before.key, after.key)) {
    const remedy = ANOTHER_KEY[effectiveCluster(wanted).standalone ? "standalone" : "cluster"];
    return [change("CG204", "refused", `${field}.key`, { remedy }), ...recoded];
  }
  if (sameValue(before.previousKey, after.previousKey)) return recoded;
  const dropped = after.previousKey === undefined;
  const remedy = "Do so when every server has restarted with the new key.";
  return [
    dropped
      ? change("CG109", "rolling", `${field}.previousKey`, { remedy })
      : change("CG102", "rolling", `${field}.previousKey`),
    ...recoded,
  ];
};

const JUDGES: readonly Judge[] = [
  standalone,
  size,
  volume,
  store("maxFileStore"),
  store("maxMemoryStore"),
  systemAccount,
  encryption,
];
