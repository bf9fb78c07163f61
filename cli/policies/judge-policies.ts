import type { Finding } from "../../model/finding";
import { type LocatedFinding, type Place, parsePath } from "../../model/place";
import { buildSystem } from "../../policies/build-system";
import { checkSystem } from "../../policies/check";
import type { PolicyFinding, WaivedFinding } from "../../policies/finding";
import { saidByRules } from "../../policies/said-by-rules";
import { daysLeft } from "../../policies/waiver-line";
import type { PolicyRun, ReportFinding, ReportWaived } from "../report";
import type { Subject } from "../subject";
import type { Gate } from "./read-policies";

/** What servers say and what the rules find, each thing once. */
export interface Judged {
  readonly findings: readonly ReportFinding[];
  readonly policies: PolicyRun;
}

/** Judges a subject by the rules. What a server refuses stays an error: no level and no waiver changes the server. */
export function judgePolicies(subject: Subject, gate: Gate, today = new Date()): Judged {
  const { preset, config, waivers, files } = gate;
  const system = buildSystem(subject.accounts, subject.clusters, subject.eventBuses);
  const { findings, waived, settings } = checkSystem(system, { preset, config, waivers, today });
  const isRuled = saidByRules([...findings, ...waived.map(({ finding }) => finding)]);
  const toClusters = subject.toClusters.filter((one) => !isRuled(one));
  const said = [...subject.toAssets, ...toClusters];
  const refused = new Set(said.filter(isError).map(keyOf));
  const known = new Set(said.map(keyOf));
  const byKey = new Map(findings.map((one) => [keyOf(one), one]));
  return {
    findings: [
      // A warning about an asset is reported where a rule reports it.
      ...subject.toAssets.filter((one) => isError(one) || byKey.has(keyOf(one))).map((one) => ruled(one, byKey)),
      ...toClusters.map((one) => ruled(one, byKey)),
      ...locate(
        findings.filter((one) => !known.has(keyOf(one))),
        subject,
        gate,
      ),
    ],
    policies: {
      preset,
      files,
      settings,
      waived: reportWaived(
        waived.filter(({ finding }) => !refused.has(keyOf(finding))),
        subject,
        gate,
        today,
      ),
    },
  };
}

const isError = ({ severity }: Finding) => severity === "error";
const keyOf = ({ kind, name, code, field, problem, account }: Finding & { account?: number }) =>
  JSON.stringify([kind, name, code, field, problem, account]);

function ruled(said: LocatedFinding, byKey: ReadonlyMap<string, PolicyFinding>): ReportFinding {
  const own = byKey.get(keyOf(said));
  if (!own) return said;
  const isMandatory = isError(said) || own.level === "mandatory";
  const level = isMandatory ? ("mandatory" as const) : ("advisory" as const);
  return { ...said, severity: isMandatory ? "error" : "warning", rule: own.rule, level };
}

function locate<F extends Finding>(findings: readonly F[], subject: Subject, gate: Gate): (F & Partial<Place>)[] {
  // What else a finding has stays with it.
  const located = subject.locate(findings) as (F & Partial<Place>)[];
  return located.map((one) => (one.kind === "file" ? { ...one, ...gate.place(parsePath(one.field)) } : one));
}

function reportWaived(waived: readonly WaivedFinding[], subject: Subject, gate: Gate, today: Date): ReportWaived[] {
  const found = locate(
    waived.map(({ finding }) => finding),
    subject,
    gate,
  );
  const written = locate(
    waived.map((one) => waiverAt(one, gate)),
    subject,
    gate,
  );
  return waived.map(({ finding, waiver }, i) => {
    const { file, line, column }: Partial<Place> = written[i] ?? {};
    const place = file === undefined ? {} : { place: { file, line, column } };
    return { finding: found[i] ?? finding, waiver, daysLeft: daysLeft(waiver, today), ...place };
  });
}

// The waiver as what a finding could be about: at the asset, or in the policy file.
function waiverAt({ finding, source }: WaivedFinding, { waivers }: Gate): Finding {
  const inFile = waivers.find(({ file }) => source.startsWith(`${file} `))?.file;
  if (inFile === undefined) return { ...finding, field: source };
  return { ...finding, kind: "file", name: inFile, field: source.slice(inFile.length + 1) };
}
