import type { ClusterSpec } from "../../../model/cluster/cluster-spec";
import { isObject, sameValue } from "../../../model/walk";
import { isPublicKey } from "../public-key";
import type { ClusterRule } from "../rule";

/** What is connected to a hub is an account. server/leafnode.go validateLeafNode. */
export const knownLeafAccount: ClusterRule = {
  code: "CL261",
  severity: "error",
  says: "A leaf node remote names one of `accounts`, or, with an operator, an account's public key.",
  refusals: ["cannot find local account", "operator mode requires account nkeys"],
  *find({ spec }) {
    const wanted = spec.operator ? "the public key of an account" : "one of accounts";
    for (const [i, { account }] of (spec.leafNodes?.remotes ?? []).entries()) {
      if (isLeafAccount(spec, account)) continue;
      const problem = account === undefined ? "is required" : `"${account}" is not ${wanted}`;
      const field = `leafNodes.remotes[${i}].account`;
      yield { field, ...(account && { value: account }), problem, remedy: `Name ${wanted}.` };
    }
  },
};

function isLeafAccount({ accounts, operator }: ClusterSpec, account: string | undefined): boolean {
  if (operator) return account?.startsWith("A") === true && isPublicKey(account);
  return accounts ? account !== undefined && Object.hasOwn(accounts, account) : account === undefined;
}

const isWeb = (url: string) => /^wss?:/.test(url);

/** A hub is reached in one way. */
export const oneTransport: ClusterRule = {
  code: "CL262",
  severity: "error",
  says: "The `urls` of a leaf node remote are all websocket or none.",
  refusals: ["mix of websocket and non-websocket urls"],
  *find({ spec }) {
    for (const [i, { urls }] of (spec.leafNodes?.remotes ?? []).entries())
      if (urls.some(isWeb) && !urls.every(isWeb))
        yield {
          field: `leafNodes.remotes[${i}].urls`,
          problem: "mix websocket and other URLs",
          remedy: "Write two remotes.",
        };
  },
};

/** A hub is connected to once. server/opts.go generateRemoteLeafOptsName. */
export const remotesDiffer: ClusterRule = {
  code: "CL263",
  severity: "error",
  says: "Two leaf node remotes differ in URLs, account or login.",
  refusals: ["duplicate remote"],
  refusedSince: "2.14.0",
  *find({ spec }) {
    const remotes = spec.leafNodes?.remotes ?? [];
    const identity = (i: number) => {
      const { urls, account, user, password, credentials } = remotes[i] ?? {};
      return { urls: [...new Set(urls)], account, user, password, credentials };
    };
    for (const i of remotes.keys()) {
      const first = remotes.findIndex((_, other) => sameValue(plain(identity(other)), plain(identity(i))));
      if (first < i)
        yield {
          field: `leafNodes.remotes[${i}]`,
          problem: `is the same as leafNodes.remotes[${first}]`,
          remedy: "Remove one of the two.",
        };
    }
  },
};

const plain = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) : value;

/** A leaf node logs in in one way. */
export const oneLeafLogin: ClusterRule = {
  code: "CL264",
  severity: "error",
  says: "A leaf node remote logs in with `credentials`, or with `user` and `password`.",
  refusals: [],
  *find({ spec }) {
    for (const [i, { user, password, credentials }] of (spec.leafNodes?.remotes ?? []).entries()) {
      const says = (problem: string, remedy: string) => ({ field: `leafNodes.remotes[${i}]`, problem, remedy });
      if (credentials && (user || password))
        yield says("has credentials beside user or password", "Keep one of the two.");
      else if (password && !user) yield says("has a password without a user", "Set user.");
      if (credentials && ("env" in credentials || "value" in credentials))
        yield says("has credentials that are no file", "Use { secretName, key } or { file }.");
    }
  },
};

/** Leaf nodes of a super-cluster are known through the system account. server/leafnode.go validateLeafNode. */
export const leafAndGateway: ClusterRule = {
  code: "CL265",
  severity: "error",
  says: "`leafNodes.listen` beside a `gateway` needs a system account.",
  refusals: ["leaf nodes and gateways (both being defined) require a system account"],
  *find({ spec, effective }) {
    if (!spec.leafNodes?.listen || !spec.gateway || spec.operator || effective.systemAccount) return;
    yield {
      field: "systemAccount",
      problem: "is required where leaf nodes connect to a cluster with a gateway",
      remedy: "Declare an account SYS, or name another one.",
    };
  },
};

/** Another cluster is named once. */
export const clustersDiffer: ClusterRule = {
  code: "CL266",
  severity: "error",
  says: "A cluster is named once among `gateway.remotes`.",
  refusals: [],
  *find({ spec }) {
    const names = (spec.gateway?.remotes ?? []).map(({ name }) => name);
    for (const [i, name] of names.entries())
      if (names.indexOf(name) < i)
        yield {
          field: `gateway.remotes[${i}].name`,
          value: name,
          problem: `"${name}" is named before, at gateway.remotes[${names.indexOf(name)}]`,
          remedy: "Write its URLs in one entry.",
        };
  },
};

/** Clusters are what gateways connect. server/jetstream_cluster.go jetStreamCluster. */
export const gatewayOfCluster: ClusterRule = {
  code: "CL269",
  severity: "error",
  says: "A standalone server has no `gateway`: with one it is part of a cluster, and has nobody to elect a leader with.",
  refusals: ["JetStream cluster requires configured routes"],
  *find({ spec, effective }) {
    if (!spec.gateway || !effective.standalone) return;
    if (spec.leafNodes?.remotes?.some(({ account }) => account && account === effective.systemAccount)) return;
    yield {
      field: "gateway",
      problem: "connects clusters, and this is a standalone server",
      remedy: "Set standalone: false, or more servers.",
    };
  },
};

/** Browsers come from somewhere. server/websocket.go validateWebsocketOptions. */
export const wholeOrigins: ClusterRule = {
  code: "CL267",
  severity: "error",
  says: "`websocket.allowedOrigins` are `http://HOST` or `https://HOST`, a port after it where it has one.",
  refusals: ["unable to parse allowed origin"],
  refusesSome: true,
  *find({ spec }) {
    for (const [i, origin] of (spec.websocket?.allowedOrigins ?? []).entries())
      if (!isOrigin(origin))
        yield {
          field: `websocket.allowedOrigins[${i}]`,
          value: origin,
          problem: `"${origin}" is no origin`,
          remedy: 'Write it as browsers do: "https://app.example.com".',
        };
  },
};

function isOrigin(text: string): boolean {
  return /^https?:\/\/([a-zA-Z0-9._~-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?\/?$/.test(text);
}

/** Where others are is an address. */
export const wholeUrls: ClusterRule = {
  code: "CL268",
  severity: "error",
  says: "A URL of a remote has a host, and a port that is a number.",
  refusals: ["error parsing"],
  *find({ spec }) {
    const gateways = (spec.gateway?.remotes ?? []).map(({ urls }, i) => [`gateway.remotes[${i}].urls`, urls] as const);
    const leaves = (spec.leafNodes?.remotes ?? []).map(
      ({ urls }, i) => [`leafNodes.remotes[${i}].urls`, urls] as const,
    );
    for (const [path, urls] of [...gateways, ...leaves])
      for (const [i, url] of urls.entries())
        if (!isAddress(url))
          yield {
            field: `${path}[${i}]`,
            problem: `"${url}" has no host, or a port that is none`,
            remedy: "Write SCHEME://HOST:PORT.",
          };
  },
};

function isAddress(url: string): boolean {
  const match = /^[a-z-]+:\/\/([a-zA-Z0-9._~-]+|\[[0-9a-fA-F:]+\])(?::(\d+))?\/?$/.exec(url);
  return match !== null && Number(match[2] ?? 1) <= 65_535;
}
