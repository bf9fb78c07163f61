import { parseBytes } from "../../../model/units";
import { isOlder } from "../../../model/version";
import { span } from "../../values";
import { listening } from "../members";
import type { ClusterRule } from "../rule";

/** A single server is one server. */
export const standaloneIsOne: ClusterRule = {
  code: "CL201",
  severity: "error",
  says: "A standalone server is alone: `standalone: true` needs `size` 1.",
  refusals: [],
  *find({ spec, effective }) {
    if (!spec.standalone || effective.size === 1) return;
    yield {
      field: "standalone",
      value: true,
      problem: `true is for one server, size is ${effective.size}`,
      remedy: "Remove standalone: several servers are a cluster.",
    };
  },
};

const EXPORTER_PORT = 7777;

/** Two sockets cannot have one port. */
export const portsDiffer: ClusterRule = {
  code: "CL202",
  severity: "error",
  says: "The ports the servers listen on differ; 7777 is the exporter's where it is on.",
  refusals: ["address already in use"],
  *find({ spec, effective }) {
    const taken = new Map<number, string>(spec.monitoring?.exporter ? [[EXPORTER_PORT, "of the exporter"]] : []);
    for (const name of listening(spec, effective)) {
      const port = effective.ports[name];
      const other = taken.get(port);
      taken.set(port, other ?? `of ports.${name}`);
      if (!other) continue;
      yield {
        field: `ports.${name}`,
        value: port,
        problem: `${port} is the port ${other} too`,
        remedy: "Choose another port.",
      };
    }
  },
};

/** The servers' own least time. server/opts.go lame_duck_duration. */
export const lameDuckLasts: ClusterRule = {
  code: "CL203",
  severity: "error",
  says: "`lameDuck.duration` is at least 30 s.",
  refusals: ["minimum is 30 seconds"],
  *find({ spec, effective }) {
    const { duration } = effective.lameDuck;
    if (span(duration) >= span("30s")) return;
    const problem = `${spec.lameDuck?.duration} is below the least the servers accept, 30s`;
    yield { field: "lameDuck.duration", value: duration, problem, remedy: "Raise it." };
  },
};

/** The first client is sent away while there is time left for others. */
export const graceBeforeEnd: ClusterRule = {
  code: "CL204",
  severity: "error",
  says: "`lameDuck.gracePeriod` is less than `lameDuck.duration`.",
  refusals: ["lame duck grace period"],
  *find({ effective }) {
    const { duration, gracePeriod } = effective.lameDuck;
    if (span(gracePeriod) < span(duration)) return;
    yield {
      field: "lameDuck.gracePeriod",
      value: gracePeriod,
      problem: `${gracePeriod} is not less than lameDuck.duration, ${duration}`,
      remedy: "Lower gracePeriod, or raise duration.",
    };
  },
};

/** Every message must have room among what waits for a client. */
export const payloadFits: ClusterRule = {
  code: "CL205",
  severity: "error",
  says: "`maxPayload` is at most `maxPending`.",
  refusals: ["cannot be higher than max_pending"],
  *find({ spec }) {
    const { payload, pending } = payloadAndPending(spec);
    if (payload <= pending) return;
    yield {
      field: spec.maxPending === undefined ? "maxPayload" : "maxPending",
      problem: `leaves no room for one message: maxPayload is ${payload} bytes, maxPending ${pending}`,
      remedy: "Lower maxPayload, or raise maxPending.",
    };
  },
};

/** Monitoring over HTTPS shows the clients' certificate. */
export const httpsHasCertificate: ClusterRule = {
  code: "CL206",
  severity: "error",
  says: "`monitoring.https` needs `tls.client`.",
  refusals: ["TLS cert and key required for HTTPS", "HTTPS"],
  *find({ spec }) {
    if (!spec.monitoring?.https || spec.tls?.client) return;
    yield {
      field: "monitoring.https",
      value: true,
      problem: "needs a certificate, and tls.client is not set",
      remedy: "Set tls.client, or remove https.",
    };
  },
};

/** A chart comes from one place. */
export const oneChart: ClusterRule = {
  code: "CL207",
  severity: "error",
  says: "`kubernetes.chart` has at most one of `repository`, `oci` and `path`.",
  refusals: [],
  *find({ spec }) {
    const { repository, oci, path } = spec.kubernetes?.chart ?? {};
    const set = Object.entries({ repository, oci, path }).filter(([, value]) => value !== undefined);
    if (set.length < 2) return;
    yield {
      field: "kubernetes.chart",
      problem: `has ${set.map(([key]) => key).join(" and ")}, which exclude each other`,
      remedy: "Keep one of them.",
    };
  },
};

/** First version of what is newer than the oldest supported server. */
const SINCE: readonly (readonly [path: string, since: string])[] = [
  ["jetstream.strict", "2.11.0"],
  ["accounts.*.jetstream.clusterTraffic", "2.11.0"],
  ["tls.client.handshakeFirst", "2.10.4"],
  ["tls.leafNodes.handshakeFirst", "2.11.0"],
  ["leafNodes.remotes.*.tls.handshakeFirst", "2.11.0"],
];

/** What a server does not know, it refuses or ignores. */
export const fieldsAreKnown: ClusterRule = {
  code: "CL208",
  severity: "error",
  says: "Every field is known to the `version` of the servers.",
  refusals: [],
  *find({ spec, effective }) {
    for (const [pattern, since] of SINCE) {
      if (!isOlder(effective.version, since)) continue;
      for (const field of matching(spec, pattern.split(".")))
        yield {
          field,
          problem: `needs nats-server ${since} or newer, the cluster runs ${effective.version}`,
          remedy: "Raise version, or remove the field.",
        };
    }
  },
};

function payloadAndPending({ maxPayload, maxPending }: Parameters<ClusterRule["find"]>[0]["spec"]) {
  return { payload: amountOr(maxPayload, 1n << 20n), pending: amountOr(maxPending, 64n << 20n) };
}

function amountOr(value: unknown, otherwise: bigint): bigint {
  const parsed = value === undefined ? undefined : parseBytes(value);
  return parsed === undefined || parsed === 0n ? otherwise : parsed;
}

// The fields a pattern leads to, as messages write them.
function matching(value: unknown, [key, ...rest]: readonly string[], path = ""): string[] {
  if (key === undefined) return value === undefined ? [] : [path];
  if (typeof value !== "object" || value === null) return [];
  const entries = Object.entries(value).filter(([name]) => key === "*" || key === name);
  const step = (name: string) => (Array.isArray(value) ? `${path}[${name}]` : path ? `${path}.${name}` : name);
  return entries.flatMap(([name, inner]) => matching(inner, rest, step(name)));
}
