import { busServerVersion } from "../../../model/event-bus/versions";
import { isOlder } from "../../../model/version";
import type { EventBusRule } from "../rule";

/** Argo's webhook refuses two servers. */
export const busServers: EventBusRule = {
  code: "EB102",
  severity: "error",
  says: "A native bus has 1 server, or 3 and more.",
  *find({ native }) {
    if (native?.replicas !== 2) return;
    const problem = "is 2: Argo Events refuses it, and two servers have no majority when one is away";
    yield { field: "replicas", value: 2, problem, remedy: "Set 1 or 3." };
  },
};

// Kubernetes names a revision of a StatefulSet by its name and up to 11 characters, and keeps it in a label of 63.
const LONGEST = 63 - 11 - "eventbus--js".length;

/** Names of what Argo makes for the bus. */
export const busName: EventBusRule = {
  code: "EB103",
  severity: "error",
  says: "The name of a native bus has no dots and at most 40 characters: pods and a service are named after it.",
  *find({ native }) {
    if (!native) return;
    const remedy = "Choose a shorter name without dots.";
    if (native.name.includes("."))
      yield { field: "name", value: native.name, problem: "has a dot: no service can be named after it", remedy };
    else if (native.name.length > LONGEST) {
      const problem = `has ${native.name.length} characters: pods named after it cannot be made above ${LONGEST}`;
      yield { field: "name", value: native.name, problem, remedy };
    }
  },
};

// Argo writes the name bare into nats-server's configuration, which takes these for numbers, switches and dates.
const NO_TEXT = /^(true|false|on|off|yes|no|\d+([kmgtpe][bi]*(\d.*)?|-.*)?)$/;

/** The name of the bus is the name of its NATS cluster. */
export const busClusterName: EventBusRule = {
  code: "EB104",
  severity: "error",
  says: "The name of a native bus of several servers is one nats-server reads as a text: not `42`, `10k`, `2-a` or `on`.",
  *find({ native, servers }) {
    if (!native || servers() < 3 || !NO_TEXT.test(native.name)) return;
    const problem = "is no text to nats-server's configuration, into which Argo Events writes it without quotes";
    yield { field: "name", value: native.name, problem, remedy: "Begin it with a letter." };
  },
};

const NOT_SERVING = ["t", "v", "version", "h", "help", "help_tls", "sl", "signal"];
const flagOf = (argument: string) => (/^--?([^=]+)/.exec(argument) ?? [])[1];

/** Arguments that keep a server from serving. */
export const busServes: EventBusRule = {
  code: "EB105",
  severity: "error",
  says: "`startArgs` leave nats-server serving: no `-v`, `-h`, `-t`, `--signal`.",
  *find({ native }) {
    for (const [i, argument] of (native?.startArgs ?? []).entries()) {
      if (!NOT_SERVING.includes(flagOf(argument) ?? "")) continue;
      const problem = `"${argument}" makes nats-server end at once`;
      yield { field: `startArgs[${i}]`, value: argument, problem, remedy: "Remove it." };
    }
  },
};

// nats-server does not start with a setting it does not know. server/opts.go parseJetStream.
const SETTINGS_SINCE = { maxOutstandingCatchup: "2.9.0", syncInterval: "2.10.0" } as const;

/** Settings the version of nats-server has. */
export const busSettingVersions: EventBusRule = {
  code: "EB106",
  severity: "error",
  says: "`settings` are known to the `version`: `maxOutstandingCatchup` needs nats-server 2.9, `syncInterval` 2.10.",
  *find({ native }) {
    const version = native && busServerVersion(native.version);
    for (const [key, since] of Object.entries(SETTINGS_SINCE) as [keyof typeof SETTINGS_SINCE, string][]) {
      if (!version || native.settings?.[key] === undefined || !isOlder(version, since)) continue;
      const problem = `is not known to nats-server ${version}, which does not start with it`;
      yield { field: `settings.${key}`, problem, remedy: "Remove it, or use version 2.10.29." };
    }
  },
};
