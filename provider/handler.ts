import { checkAcknowledgments } from "../changes/acknowledge";
import { planChange } from "../changes/plan-change";
import { type Finding, formatFinding, HeadwaterError } from "../model/finding";
import { normalizeSpec } from "../model/normalize";
import { isUnknown } from "../model/unknowns";
import { assetName } from "../preflight/check-spec";
import { judgeInTurn } from "../preflight/preflight";
import { type Api, jetStreamApi } from "./api";
import type { Driver, Fields, Live } from "./driver";
import { checkControls, gone, keepsMessages, mayDiscard } from "./guards";
import { intentOf, rememberIntent } from "./intents";
import { judgeEdit, type Verdict } from "./judge-edit";
import { notConfigured } from "./not-configured";
import { claimOf, notOurs } from "./ownership";
import { readSettings } from "./settings";
import { type Control, liveInputs, settle, splitProps, toInputs, toOutputs } from "./state";
import { askIfPossible, createAsset, overwrite, talk, talkToWrite, type Writer } from "./write-asset";

/** The part of Pulumi's dynamic provider protocol a resource uses. */
export interface Handler {
  configure(request: { config: { get(key: string): string | undefined } }): Promise<void>;
  check(olds: Fields, news: Fields): Promise<{ inputs: Fields; failures: { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Fields,
    news: Fields,
  ): Promise<{ changes: boolean | undefined; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: Fields): Promise<{ id: string; outs: Fields }>;
  update(id: string, olds: Fields, news: Fields): Promise<{ outs: Fields }>;
  read(id: string, props: Fields): Promise<{ id: string; props: Fields; inputs?: Fields }>;
  delete(id: string, props: Fields): Promise<void>;
}

/** Makes the handler of one kind of asset: one object per process, configured once. */
export function createHandler(driver: Driver): Handler {
  const { kind } = driver;
  let api: () => Api = notConfigured;

  async function judgeInputs(
    driver: Driver,
    olds: Fields,
    to: Fields,
    control: Control,
    name: string,
  ): Promise<Verdict> {
    // The engine asks once more, without the old inputs, for what it recreates.
    if (Object.keys(olds).length === 0) return { findings: [], recreates: intentOf(kind, control.owner).recreates };
    const from = normalizeSpec(kind, splitProps(driver, olds).spec);
    return judgeEdit({
      driver,
      owner: control.owner,
      allow: control.allow ?? [],
      replace: control.replace === "allow",
      isUnknown,
      plan: (answer) => planChange(kind, name, from, to, { isUnknown, ...answer }),
      ask: (changes) => askIfPossible(api, driver, driver.toBase(from), changes),
    });
  }

  // What a program says of one resource, as whoever writes it takes it.
  const writerOf = ({ owner, adopt }: Control): Writer => ({
    owner,
    allow: intentOf(kind, owner).allow,
    adopts: () => adopt === true,
    notOurs,
  });

  return {
    // Sets a field and returns: the engine may call other methods before it has awaited this one.
    async configure({ config }) {
      const { settings, findings } = readSettings((key) => config.get(key));
      const ready = settings && jetStreamApi(settings);
      api = () => {
        if (!ready) throw new HeadwaterError(findings);
        return ready;
      };
    },

    async check(olds, news) {
      const { spec, control, rest } = splitProps(driver, news);
      const name = assetName(kind, spec, isUnknown);
      const normal = normalizeSpec(kind, spec);
      const shape = judgeInTurn()({ kind, spec: { ...spec, ...rest }, isUnknown, waive: control.waive });
      const findings = [
        ...shape.filter(({ severity }) => severity === "error"),
        ...checkControls(driver, name, control),
      ];
      const allow = isUnknown(control.allow) && !Array.isArray(control.allow) ? [] : (control.allow ?? []);
      if (findings.length === 0) findings.push(...checkAcknowledgments(kind, name, normal, allow, isUnknown));
      if (findings.length > 0) return { inputs: news, failures: toFailures(findings) };
      const { findings: against, recreates } = await judgeInputs(driver, olds, normal, { ...control, allow }, name);
      rememberIntent(kind, control.owner, { allow, recreates: against.length > 0 ? [] : recreates });
      return { inputs: against.length > 0 ? news : toInputs(normal, control), failures: toFailures(against) };
    },

    async diff(_, __, news) {
      // A stream that is being replaced is unknown here, and its consumers went with it.
      const follows = kind === "consumer" && isUnknown(news.stream) ? ["stream"] : [];
      const { recreates } = intentOf(kind, String(news.owner));
      return { changes: undefined, replaces: [...follows, ...recreates], deleteBeforeReplace: true };
    },

    async create(inputs) {
      const { spec, control } = splitProps(driver, inputs);
      const live = await createAsset(api(), driver, spec, writerOf(control));
      return { id: driver.idOf(spec), outs: toOutputs(driver, toInputs(spec, control), driver.toBase(spec), live) };
    },

    async update(id, olds, news) {
      const { spec, control } = splitProps(driver, news);
      const { spec: before, control: old } = splitProps(driver, olds);
      const previous = old.owner;
      const live = await talkToWrite(api(), driver, { ...spec, ...driver.locate(id) }, async (server, base) => {
        const found = await driver.info(server, base);
        if (!found) throw new HeadwaterError([gone(driver, spec)]);
        if (isStranger(found, control, { owner: previous, created: olds.created }))
          throw new HeadwaterError([notOurs(kind, driver.nameOf(spec), found.owner)]);
        return overwrite(server, driver, spec, writerOf(control), found, before);
      });
      return { outs: toOutputs(driver, toInputs(spec, control), driver.toBase(spec), live) };
    },

    async read(id, props) {
      const { spec, control } = splitProps(driver, props);
      const located = { ...normalizeSpec(kind, spec), ...driver.locate(id) };
      const wanted = driver.toBase(located);
      const live = await talk(api(), driver, located, driver.info);
      if (!live) return { id: "", props: {} };
      const settled = settle(driver, live, wanted, control.defaulted);
      const inputs = liveInputs(driver, settled, { ...control, owner: live.owner ?? "" });
      // Inputs show whose it is now; outputs keep whose it was, so that an update does not take it back unasked.
      const kept = { ...inputs, owner: control.owner ?? live.owner };
      return { id, props: toOutputs(driver, kept, settled, live), inputs };
    },

    async delete(id, props) {
      const { spec, control } = splitProps(driver, props);
      const located = { ...spec, ...driver.locate(id) };
      if (control.onDelete === "retain") return;
      await talk(api(), driver, located, async (server, base) => {
        const live = await driver.info(server, base);
        if (!live || claimOf(live.owner, control.owner) !== "ours") return;
        const allowed = control.onDelete === "delete" || mayDiscard(driver, driver.target(located), control.owner);
        const loss = allowed ? undefined : await driver.losesMessages(server, base, live);
        if (loss) throw new HeadwaterError([keepsMessages(driver, located, loss)]);
        await driver.remove(server, base);
      });
    },
  };
}

// Another stamp than ours, or none on an asset that was made anew since: state knows one that is no more.
function isStranger(found: Live, { owner, adopt }: Control, before: { owner: string; created: unknown }): boolean {
  if (adopt === true) return false;
  if (found.owner) return found.owner !== owner && found.owner !== before.owner;
  return before.created !== undefined && found.created !== before.created;
}

// One failure without a property: its lines are printed under the resource as they are.
function toFailures(findings: readonly Finding[]): { property: string; reason: string }[] {
  return findings.length === 0 ? [] : [{ property: "", reason: `\n${findings.map(formatFinding).join("\n")}` }];
}
