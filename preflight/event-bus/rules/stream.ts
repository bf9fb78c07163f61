import {
  canonicalStreamConfig,
  DEFAULT_BUS_STREAM_CONFIG,
  STREAM_CONFIG_FIELDS,
  sharedFields,
} from "../../../model/event-bus/bus-stream-config";
import { type Bytes, parseBytes, parseDuration } from "../../../model/units";
import { showValue } from "../../../model/walk";
import type { EventBusRule } from "../rule";

/** The stream fits on the servers. */
export const busStreamReplicas: EventBusRule = {
  code: "EB107",
  severity: "error",
  says: "The stream of a native bus has at most as many replicas as the bus has servers.",
  *find({ native, servers, stream }) {
    const { replicas } = stream();
    if (!native || replicas <= servers()) return;
    const count = servers() === 1 ? "1 server" : `${servers()} servers`;
    const problem = `is ${replicas} on a bus of ${count}: nats-server never makes the stream`;
    yield { field: "streamConfig.replicas", value: replicas, problem, remedy: `Set at most ${servers()}.` };
  },
};

/** Ids are remembered no longer than events are kept. server/stream.go checkStreamCfg. */
export const busDuplicates: EventBusRule = {
  code: "EB108",
  severity: "error",
  says: "`duplicateWindow` is at most `maxAge`; left out on a native bus it is 5 minutes.",
  *find({ native, spec, stream }) {
    if (!native) return;
    const { maxAge, duplicateWindow } = stream();
    const [age, window] = [parseDuration(maxAge) ?? 0n, parseDuration(duplicateWindow) ?? 0n];
    if (age === 0n || window <= age) return;
    const isDefault = spec.streamConfig?.duplicateWindow === undefined;
    const own = isDefault ? ` where none is set (${DEFAULT_BUS_STREAM_CONFIG.duplicateWindow})` : "";
    const problem = `is "${duplicateWindow}"${own}, more than maxAge "${maxAge}": nats-server never makes the stream`;
    yield {
      field: "streamConfig.duplicateWindow",
      value: duplicateWindow,
      problem,
      remedy: `Set it to "${maxAge}" or less.`,
    };
  },
};

/** The controller's own limit, where a bus gives no settings. */
const DEFAULT_FILE_STORE: Bytes = "1TiB";

/** What the stream reserves is there. */
export const busStreamBytes: EventBusRule = {
  code: "EB109",
  severity: "error",
  says: "`streamConfig.maxBytes` is at most the file storage of a server, 1 TiB where no `settings` are given.",
  *find({ native, stream }) {
    const most = native && (native.settings ? native.settings.maxFileStore : DEFAULT_FILE_STORE);
    const [wanted, limit] = [parseBytes(stream().maxBytes) ?? -1n, parseBytes(most) ?? -1n];
    if (limit < 0n || wanted <= limit) return;
    const problem = `is "${stream().maxBytes}", more than the "${most}" of file storage of a server: nats-server never makes the stream`;
    yield {
      field: "streamConfig.maxBytes",
      value: stream().maxBytes,
      problem,
      remedy: "Lower it, or raise settings.maxFileStore.",
    };
  },
};

/** One field is said in one place. */
export const busStreamOnce: EventBusRule = {
  code: "EB110",
  severity: "error",
  says: "`streamConfig` and `stream` do not say different things of one field.",
  *find({ exotic }) {
    const [a, b] = [exotic?.streamConfig ?? {}, sharedFields(exotic?.stream ?? {})].map(canonicalStreamConfig);
    for (const key of STREAM_CONFIG_FIELDS) {
      if (a?.[key] === undefined || b?.[key] === undefined || a[key] === b[key]) continue;
      const problem = `is ${showValue(b[key])}, and streamConfig.${key} is ${showValue(a[key])}`;
      yield { field: `stream.${key}`, value: b[key], problem, remedy: "Say it in one of the two." };
    }
  },
};

/** Argo's event sources wait for the answer of the stream. */
export const busAnswers: EventBusRule = {
  code: "EB111",
  severity: "error",
  says: "The stream of a bus answers publishes: no `noAck`.",
  *find({ exotic }) {
    if (exotic?.stream?.noAck !== true) return;
    const problem = "is true: event sources wait for an answer to every event, and fail without one";
    yield { field: "stream.noAck", value: true, problem, remedy: "Remove it." };
  },
};
