import { formatDuration } from "../../../model/units";
import { isOlder, NEWEST } from "../../../model/version";
import { span } from "../../values";
import { tlsOf } from "../members";
import type { ClusterRule } from "../rule";

/** A majority decides. */
export const oddSize: ClusterRule = {
  code: "CW101",
  severity: "warning",
  says: "An even number of servers survives no more failures than one fewer.",
  refusals: [],
  *find({ effective: { size } }) {
    if (size % 2 === 1) return;
    const problem =
      size === 2
        ? "2 stops when either server does: a majority of two is both"
        : `${size} survives as many failures as ${size - 1}`;
    yield { field: "size", value: size, problem, remedy: `Use ${size - 1} or ${size + 1}.` };
  },
};

const OLDEST = "2.10.0";

/** Versions that nobody tried are judged by the nearest that somebody did. */
export const triedVersion: ClusterRule = {
  code: "CW102",
  severity: "warning",
  says: "`version` is outside the supported ones: 2.10, 2.11, 2.12, 2.14 and 2.15.",
  refusals: [],
  *find({ spec: { version } }) {
    if (version === undefined) return;
    const series = version.split(".").slice(0, 2).join(".");
    if (["2.10", "2.11", "2.12", "2.14", "2.15"].includes(series)) return;
    const nearest = isOlder(version, OLDEST) ? OLDEST : NEWEST;
    yield {
      field: "version",
      value: version,
      problem: `${version} is no supported version: judged as ${nearest} would be, which may be wrong`,
      remedy: `Use ${NEWEST}.`,
    };
  },
};

/** A pod may end as gently as its server wants to. */
export const graceToEnd: ClusterRule = {
  code: "CW103",
  severity: "warning",
  says: "`kubernetes.terminationGracePeriod` is longer than lame duck mode, `lameDuck.duration`.",
  refusals: [],
  *find({ spec, effective }) {
    const { terminationGracePeriod } = spec.kubernetes ?? {};
    const { duration } = effective.lameDuck;
    if (terminationGracePeriod === undefined || span(terminationGracePeriod) > span(duration)) return;
    yield {
      field: "kubernetes.terminationGracePeriod",
      value: terminationGracePeriod,
      problem: `${terminationGracePeriod} kills a server in lame duck mode, which takes ${duration}`,
      remedy: `Set it above ${duration}, such as ${formatDuration(span(duration) + span("30s"))}, or leave it out.`,
    };
  },
};

/** Draining nodes leaves a majority. */
export const majorityStays: ClusterRule = {
  code: "CW104",
  severity: "warning",
  says: "`kubernetes.maxUnavailable` leaves a majority of the servers.",
  refusals: [],
  *find({ spec, effective: { size } }) {
    const { maxUnavailable = 1 } = spec.kubernetes ?? {};
    const most = Math.floor((size - 1) / 2);
    if (size < 3 || maxUnavailable <= most) return;
    yield {
      field: "kubernetes.maxUnavailable",
      value: maxUnavailable,
      problem: `${maxUnavailable} of ${size} servers away leaves no majority: nothing is written meanwhile`,
      remedy: `Use at most ${most}.`,
    };
  },
};

/** One server can become several, unless it was made to be alone. */
export const canGrow: ClusterRule = {
  code: "CW105",
  severity: "warning",
  says: "A single server with a volume that does not say `standalone` is standalone: it can never become a cluster in place.",
  refusals: [],
  *find({ spec, effective }) {
    if (spec.standalone !== undefined || effective.size !== 1 || !spec.jetstream?.volume) return;
    yield {
      field: "standalone",
      problem: "is true for a single server that does not say: it can never become a cluster in place",
      remedy: "Write standalone: true if that is meant, false for a cluster of one that can grow.",
    };
  },
};

/** What says something nobody reads. */
export const inertFields: ClusterRule = {
  code: "CW106",
  severity: "warning",
  says: "A field has no effect beside the others.",
  refusals: [],
  *find({ spec }) {
    const { exporter, podMonitor, podMonitorLabels } = spec.monitoring ?? {};
    const says = (field: string, needs: string) => ({
      field,
      problem: `has no effect without ${needs}`,
      remedy: "Set it, or remove this.",
    });
    if (podMonitor && !exporter) yield says("monitoring.podMonitor", "monitoring.exporter");
    if (podMonitorLabels && !podMonitor) yield says("monitoring.podMonitorLabels", "monitoring.podMonitor");
    for (const { path, value } of tlsOf(spec))
      for (const key of ["duration", "renewBefore", "extraNames"] as const)
        if (value[key] !== undefined && !value.issuer && !value.ownAuthority)
          yield says(`${path}.${key}`, "issuer or ownAuthority: the certificate is made elsewhere");
  },
};
