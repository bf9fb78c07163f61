import type { TlsSide } from "../../../model/cluster/tls-spec";
import { isOlder } from "../../../model/version";
import { span } from "../../values";
import { listening, tlsInUse, tlsOf } from "../members";
import type { ClusterRule } from "../rule";
import { CIPHER_SUITES, CURVES, INSECURE_SUITES } from "../tls-names";

const sources = ({ secretName, certFile, keyFile, issuer, ownAuthority }: TlsSide): string[] =>
  Object.entries({ secretName, "certFile and keyFile": certFile ?? keyFile, issuer, ownAuthority }).flatMap(
    ([source, value]) => (value === undefined ? [] : [source]),
  );

/** A certificate comes from one place. */
export const oneCertificate: ClusterRule = {
  code: "CL241",
  severity: "error",
  says: "A side of TLS has one source: `secretName`, `certFile` with `keyFile`, `issuer` or `ownAuthority`; toward a hub it may have none. `caFile` goes with files.",
  refusals: [],
  *find({ spec }) {
    for (const { path, side, value } of tlsOf(spec)) {
      const says = (problem: string, remedy: string) => ({ field: path, problem, remedy });
      const [first, second] = sources(value);
      const named = "Set one of secretName, certFile with keyFile, issuer and ownAuthority.";
      if (!first && side !== "remote") yield says("has no certificate", named);
      if (second) yield says(`has two sources, ${first} and ${second}`, "Keep one of the two.");
      if (value.certFile && !value.keyFile) yield says("has a certFile without a keyFile", "Set keyFile.");
      if (value.keyFile && !value.certFile) yield says("has a keyFile without a certFile", "Set certFile.");
      if (value.caFile && first && first !== "certFile and keyFile")
        yield says(`has a caFile beside ${first}`, "Remove caFile: the authority comes with the certificate.");
    }
  },
};

/** A certificate is renewed while it is valid. */
export const renewedInTime: ClusterRule = {
  code: "CL242",
  severity: "error",
  says: "`renewBefore` is less than `duration`, which is `90d` where it is not set.",
  refusals: [],
  *find({ spec }) {
    for (const { path, value } of tlsOf(spec)) {
      const { duration = "90d", renewBefore } = value;
      if (renewBefore === undefined || span(renewBefore) < span(duration)) continue;
      yield {
        field: `${path}.renewBefore`,
        value: renewBefore,
        problem: `${renewBefore} is not less than duration, ${duration}`,
        remedy: "Lower it: a certificate is renewed while it is valid.",
      };
    }
  },
};

const MAPS = ["client", "websocket", "leafNodes"];
const FIRST = ["client", "leafNodes", "remote"];

/** What a side can do. */
export const sideCan: ClusterRule = {
  code: "CL243",
  severity: "error",
  says: "`verifyAndMap` is for clients, websocket and leaf nodes, `handshakeFirst` for clients and leaf nodes.",
  refusals: [],
  *find({ spec }) {
    for (const { path, side, value } of tlsOf(spec)) {
      if (value.verifyAndMap && !MAPS.includes(side))
        yield { field: `${path}.verifyAndMap`, problem: "is for sides where users log in", remedy: "Remove it." };
      if (value.handshakeFirst && !FIRST.includes(side))
        yield { field: `${path}.handshakeFirst`, problem: "is for clients and leaf nodes", remedy: "Remove it." };
    }
  },
};

const TURN_ON: Readonly<Record<string, string>> = {
  cluster: "standalone is on: there are no other servers",
  leafNodes: "leafNodes.listen is not on",
  gateway: "gateway is not set",
  websocket: "websocket is not set",
};

/** TLS protects a side that is there. */
export const sideIsOn: ClusterRule = {
  code: "CL244",
  severity: "error",
  says: "TLS is set for sides that listen.",
  refusals: [],
  *find({ spec, effective }) {
    const on = new Set<string>(listening(spec, effective));
    for (const { path, side } of tlsOf(spec))
      if (side !== "remote" && !on.has(side))
        yield {
          field: path,
          problem: `protects a side that does not listen: ${TURN_ON[side]}`,
          remedy: "Turn the side on, or remove it.",
        };
  },
};

/** Ciphers the servers know and hold to be safe. server/ciphersuites.go. */
export const knownCiphers: ClusterRule = {
  code: "CL245",
  severity: "error",
  says: "`cipherSuites` are known to the `version` of the servers, not empty, and, since 2.12, none is insecure.",
  refusals: ["unrecognized cipher", "insecure cipher suites configured", "'cipher_suites' cannot be empty"],
  *find({ spec, effective }) {
    const { version } = effective;
    const refusesInsecure = !isOlder(version, "2.12.0");
    for (const { path, value } of tlsInUse(spec, effective)) {
      const says = (field: string, problem: string) => ({
        field,
        problem,
        remedy: "Use others, or leave the field out.",
      });
      const field = `${path}.cipherSuites`;
      if (value.cipherSuites?.length === 0) yield says(field, "is empty");
      for (const [i, suite] of (value.cipherSuites ?? []).entries()) {
        if (!isKnown(CIPHER_SUITES, suite, version))
          yield says(`${field}[${i}]`, `"${suite}" is not known to nats-server ${version}`);
        else if (refusesInsecure && INSECURE_SUITES.includes(suite))
          yield says(`${field}[${i}]`, `"${suite}" is insecure`);
      }
    }
  },
};

/** Curves the servers know. */
export const knownCurves: ClusterRule = {
  code: "CL246",
  severity: "error",
  says: "`curvePreferences` are known to the `version` of the servers, and not empty.",
  refusals: ["unrecognized curve preference", "'curve_preferences' cannot be empty"],
  *find({ spec, effective }) {
    const { version } = effective;
    for (const { path, value } of tlsInUse(spec, effective)) {
      const says = (field: string, problem: string) => ({
        field,
        problem,
        remedy: "Use others, or leave the field out.",
      });
      const field = `${path}.curvePreferences`;
      if (value.curvePreferences?.length === 0) yield says(field, "is empty");
      for (const [i, curve] of (value.curvePreferences ?? []).entries())
        if (!isKnown(CURVES, curve, version))
          yield says(`${field}[${i}]`, `"${curve}" is not known to nats-server ${version}`);
    }
  },
};

function isKnown(names: typeof CURVES, name: string, version: string): boolean {
  const lives = names.find(([known]) => known === name)?.[1];
  if (!lives) return false;
  const { since, until } = lives;
  return !(since && isOlder(version, since)) && !(until && !isOlder(version, until));
}
