import { JetStreamApiError } from "@nats-io/jetstream";
import type { Change } from "../changes/change";
import { mutability } from "../changes/mutability";
import { planChange } from "../changes/plan-change";
import type { Acknowledgment } from "../model/acknowledgment";
import { type Finding, HeadwaterError, type SpecKind, throwFindings } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { sameValue } from "../model/walk";
import { checkFieldVersions } from "../preflight/field-versions";
import type { Api } from "./api";
import { assetFacts } from "./asset-facts";
import type { Driver, Fields, Live } from "./driver";
import { filledIn } from "./filled-in";
import { type Answer, judgeEdit } from "./judge-edit";
import { liveChanges } from "./live-changes";
import { claimOf } from "./ownership";
import { refusal } from "./refusal";
import { settle } from "./state";

/** On whose behalf an asset is written, and what was said about it. */
export interface Writer {
  /** The stamp: `project/stack/resource`. */
  readonly owner: string;
  /** Edits that are meant. */
  readonly allow: readonly Acknowledgment[];
  /** Whether an asset that exists and carries this stamp, or none, is taken over. @default false */
  readonly adopts?: (stamp: string | undefined) => boolean;
  /** What is said of an asset that exists and is not taken over. */
  readonly notOurs: (kind: SpecKind, name: string, stamp: string | undefined) => Finding;
}

/** Runs what talks to the server; what the server refuses comes out as the one error users see. */
export async function talk<T>(
  server: Api,
  driver: Driver,
  spec: Fields,
  run: (api: Api, base: Fields) => Promise<T>,
): Promise<T> {
  const base = driver.toBase(spec);
  try {
    return await run(server, base);
  } catch (error) {
    throw await refusal(server, driver.kind, driver.nameOf(spec), error, base.subjects as string[] | undefined);
  }
}

/** The same for what writes: a server that is too old for a field is said before it drops it. */
export function talkToWrite(
  server: Api,
  driver: Driver,
  spec: Fields,
  send: (api: Api, base: Fields) => Promise<Live>,
): Promise<Live> {
  return talk(server, driver, spec, async (api, base) => {
    throwFindings(checkFieldVersions(driver.kind, driver.nameOf(spec), spec, await api.version()));
    return send(api, base);
  });
}

/** What the server says about an asset that is edited; where it cannot or may not be asked, the worst is assumed. */
export async function askIfPossible(
  api: () => Api,
  driver: Driver,
  base: Fields,
  changes: readonly Change[],
): Promise<Answer> {
  try {
    const server = await api().version();
    return { facts: await assetFacts(api(), driver, base, changes), server };
  } catch {
    return {};
  }
}

/** Creates an asset: one request. What exists already is taken over where that is right, and edited. */
export async function createAsset(server: Api, driver: Driver, spec: Fields, writer: Writer): Promise<Live> {
  return talkToWrite(server, driver, spec, async (api, base) => {
    try {
      return await driver.create(api, base, driver.config(base, writer.owner));
    } catch (error) {
      if (!mayExist(error, base)) throw error;
      return claimAndOverwrite(api, driver, spec, writer, error);
    }
  });
}

async function claimAndOverwrite(
  server: Api,
  driver: Driver,
  spec: Fields,
  writer: Writer,
  refused: unknown,
): Promise<Live> {
  const live = await driver.info(server, driver.toBase(spec));
  if (!live) throw refused;
  if (!mayTake(live.owner, writer))
    throw new HeadwaterError([writer.notOurs(driver.kind, driver.nameOf(spec), live.owner)]);
  return overwrite(server, driver, spec, writer, live);
}

/** True for an asset that is this owner's, or may become it. */
export function mayTake(stamp: string | undefined, { owner, adopts }: Writer): boolean {
  const claim = claimOf(stamp, owner);
  return claim === "ours" || claim === "sibling" || adopts?.(stamp) === true;
}

/** What stands against making a live asset as its spec says, and whether there is anything to make. */
export interface JudgedWrite {
  readonly findings: readonly Finding[];
  /** It is so already, and carries the owner's stamp. */
  readonly same: boolean;
  /** What to write. */
  readonly base: Fields;
}

/**
 * Judges an edit with what is really there. `before` is what was said formerly: what it says still was no edit, its
 * acknowledgment is spent, and drift is not put back unasked.
 */
export async function judgeWrite(
  server: Api,
  driver: Driver,
  spec: Fields,
  { owner, allow }: Pick<Writer, "owner" | "allow">,
  live: Live,
  before?: Fields,
): Promise<JudgedWrite> {
  const base = driver.toBase(spec, live.base);
  const filled = await filledIn(server, driver, base, live);
  const settled = settle(driver, live, base, filled, before && driver.toBase(before));
  const wanted = normalizeSpec(driver.kind, spec);
  const name = driver.nameOf(spec);
  const drifted = before ? driftIn(driver, normalizeSpec(driver.kind, before), wanted) : () => false;
  const version = await server.version();
  const { findings } = await judgeEdit({
    driver,
    owner,
    allow: allow.filter(({ field }) => !drifted(field)),
    replace: false,
    plan: (answer) => liveChanges(driver, name, settled, wanted, { server: version, ...answer }),
    ask: (changes) => askIfPossible(() => server, driver, base, changes),
  });
  return {
    findings: findings.map((finding) => (drifted(finding.field) ? asDrift(finding) : finding)),
    same: live.owner === owner && sameValue(settled, base),
    base,
  };
}

/** Makes a live asset as its spec says, where nothing stands against it; nothing is sent where nothing differs. */
export async function overwrite(
  server: Api,
  driver: Driver,
  spec: Fields,
  writer: Pick<Writer, "owner" | "allow">,
  live: Live,
  before?: Fields,
): Promise<Live> {
  const { findings, same, base } = await judgeWrite(server, driver, spec, writer, live, before);
  throwFindings(findings);
  return same ? live : driver.update(server, base, driver.config(base, writer.owner), live);
}

const EXISTS = new Set([10058, 10148]);
const INVALID_CONFIG = 10052;

// A stream is not created sealed: the server says so before it looks whether the stream exists.
function mayExist(error: unknown, base: Fields): boolean {
  if (!(error instanceof JetStreamApiError)) return false;
  return EXISTS.has(error.code) || (base.sealed === true && error.code === INVALID_CONFIG);
}

// Fields of the spec the program did not edit: where the server differs, somebody else did.
function driftIn(driver: Driver, before: Fields, wanted: Fields): (field: string) => boolean {
  const edited = new Set(planChange(driver.kind, "", before, wanted).map(({ field }) => field));
  return (field) => Object.hasOwn(mutability[driver.kind], field) && !edited.has(field);
}

function asDrift(finding: Finding): Finding {
  const remedy = "It was changed on the server: run pulumi refresh, and the edit is shown and can be acknowledged.";
  return { ...finding, remedy };
}
