import { BUS_VERSIONS, busServerVersion } from "../../../model/event-bus/versions";
import { parseBytes } from "../../../model/units";
import type { EventBusRule } from "../rule";

const known = Object.keys(BUS_VERSIONS).filter((version) => version !== "latest");

/** `latest` is not one version. */
export const busLatest: EventBusRule = {
  code: "EB201",
  severity: "warning",
  says: "`version` names one: `latest` is another nats-server after an update of the controller.",
  *find({ native }) {
    if (native?.version !== "latest") return;
    const problem = `is "latest": nats-server ${BUS_VERSIONS.latest} today, another one after an update of the controller`;
    yield { field: "version", value: "latest", problem, remedy: `Set "${BUS_VERSIONS.latest}".` };
  },
};

/** Versions are the controller's. */
export const busVersion: EventBusRule = {
  code: "EB202",
  severity: "warning",
  says: "`version` is one the controller has as it is installed; its configuration may have more.",
  *find({ native }) {
    if (!native || busServerVersion(native.version) !== undefined) return;
    const problem = `is "${native.version}", which the controller does not have unless its configuration was extended`;
    yield {
      field: "version",
      value: native.version,
      problem,
      remedy: `Use one of ${known.join(", ")}, or add it to argo-events-controller-config.`,
    };
  },
};

/** Events outlive pods. */
export const busPersistence: EventBusRule = {
  code: "EB203",
  severity: "warning",
  says: "A native bus has `persistence`: without it events, and what sensors have read, are lost with the pods.",
  *find({ native }) {
    if (!native || native.persistence) return;
    const problem = "is not set: events, and what sensors have read of them, are lost with the pods";
    yield { field: "persistence", problem, remedy: "Set persistence: {volumeSize: …}." };
  },
};

/** The controller's own limit, where a bus gives no settings; and the size of a volume that says none. */
const FILE_STORE = { text: "1TiB", bytes: 1n << 40n };
const VOLUME = "20GiB";

/** What the stream fills has room. */
export const busFileStore: EventBusRule = {
  code: "EB204",
  severity: "warning",
  says: "`settings.maxFileStore` is at most the volume; left out without other settings it is 1 TiB.",
  *find({ native }) {
    if (!native?.persistence) return;
    const { settings, persistence } = native;
    const size = persistence.volumeSize ?? VOLUME;
    const store = settings ? (settings.maxFileStore ?? -1) : FILE_STORE.text;
    const [most, room] = [parseBytes(store) ?? -1n, parseBytes(size) ?? 0n];
    if (most <= room) return;
    const own = settings ? `is "${store}"` : `is the controller's "${store}" where no settings are given`;
    const problem = `${own}, more than the volume of "${size}": servers fail when it is full, before they refuse anything`;
    yield { field: "settings.maxFileStore", value: store, problem, remedy: "Set it to 80 % of the volume." };
  },
};

const CONTRADICTING =
  /^--?(c|config|p|port|a|addr|net|m|http_port|ms|https_port|sd|store_dir|js|jetstream|n|name|server_name|user|pass|auth|no_auth_user|cluster|cluster_name|routes|P|pid|tls\w*)(=|$)/;

/** Arguments that contradict what Argo configures. */
export const busStartArgs: EventBusRule = {
  code: "EB205",
  severity: "warning",
  says: "`startArgs` leave alone what Argo configures: addresses, files, logins, TLS and the cluster.",
  *find({ native }) {
    for (const [i, argument] of (native?.startArgs ?? []).entries()) {
      if (!CONTRADICTING.test(argument)) continue;
      const flag = argument.replace(/=.*$/s, "");
      const problem = `"${flag}" overrides what Argo Events configures, and its probes and clients rely on`;
      yield { field: `startArgs[${i}]`, problem, remedy: "Remove it." };
    }
  },
};

/** Zero is not unlimited. */
export const busMaxPayload: EventBusRule = {
  code: "EB206",
  severity: "warning",
  says: "`maxPayload` is not 0: nats-server reads it as its default, 1 MiB, and not as unlimited.",
  *find({ native }) {
    if (native?.maxPayload === undefined || parseBytes(native.maxPayload) !== 0n) return;
    const problem = "is 0, which nats-server reads as 1 MiB and not as unlimited";
    yield { field: "maxPayload", value: native.maxPayload, problem, remedy: "Set the largest event, at most 64MiB." };
  },
};

/** Sensors can read from the stream. */
export const busWorkQueue: EventBusRule = {
  code: "EB207",
  severity: "warning",
  says: "`retention` is not `workqueue`: sensors of Argo Events up to 1.9.11 cannot read from such a stream.",
  *find({ exotic, stream }) {
    if (stream().retention !== "workqueue") return;
    const field = exotic?.stream?.retention === undefined ? "streamConfig.retention" : "stream.retention";
    const problem =
      'is "workqueue": sensors ask for new events only, which nats-server refuses there (10101), as it does a second trigger for one event (10100)';
    yield { field, value: "workqueue", problem, remedy: 'Use "limits" or "interest".' };
  },
};

/** Nobody passes for the server. */
export const busUnchecked: EventBusRule = {
  code: "EB208",
  severity: "warning",
  says: "Argo's clients check the certificate of an exotic bus: `tls` without `insecureSkipVerify`.",
  *find({ exotic }) {
    if (!exotic || (exotic.tls && !exotic.tls.insecureSkipVerify)) return;
    const field = exotic.tls ? "tls.insecureSkipVerify" : "tls";
    const problem = `${exotic.tls ? "is true" : "is not set"}: clients check no certificate, and send the login to whoever answers`;
    yield { field, problem, remedy: "Set tls: {caCertSecret: …}." };
  },
};

/** No login in what everybody may read. */
export const busUrlLogin: EventBusRule = {
  code: "EB209",
  severity: "warning",
  says: "The `url` of an exotic bus has no login in it.",
  *find({ exotic }) {
    if (!exotic || !/\/\/[^/\s,]*@/.test(exotic.url)) return;
    const problem = "has a login in it, which everybody sees who may read the bus";
    yield { field: "url", problem, remedy: "Move it into a Secret, and name that in accessSecret." };
  },
};

/** Sensors that are away keep their place. */
export const busInactive: EventBusRule = {
  code: "EB210",
  severity: "warning",
  says: "`stream.consumerLimits.inactiveThreshold` is not set: sensors that are away for longer would lose their place.",
  *find({ exotic }) {
    const threshold = exotic?.stream?.consumerLimits?.inactiveThreshold;
    if (threshold === undefined || threshold === "0s") return;
    const problem = `is "${threshold}": sensors that are away for longer lose their place, and the events meanwhile`;
    yield { field: "stream.consumerLimits.inactiveThreshold", value: threshold, problem, remedy: "Remove it." };
  },
};

/** Events stay under the names sensors look for. */
export const busSubjects: EventBusRule = {
  code: "EB211",
  severity: "warning",
  says: "`stream.subjectTransform` is not set: sensors look for events under the subjects they were published to.",
  *find({ exotic }) {
    if (!exotic?.stream?.subjectTransform) return;
    const problem = "renames events: sensors look for default.EVENTSOURCE.EVENT";
    yield { field: "stream.subjectTransform", problem, remedy: "Remove it, or keep the names." };
  },
};
