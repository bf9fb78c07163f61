import type { Finding } from "../../model/finding";
import { formatFinding, HeadwaterError } from "../../model/finding";
import type { Fields } from "../driver";
import type { Handler } from "../handler";
import { notConfigured } from "../not-configured";
import { readSettings, type Settings } from "../settings";
import { plain } from "../state";
import { type System, systemOf } from "./system";

/** What a resource does that is about a cluster's servers rather than about an asset. */
export interface SystemWork {
  /** What speaks against the inputs, before anything is done. Values may be unknown. */
  readonly judge: (olds: Fields, news: Fields) => readonly Finding[];
  /** The inputs that make an update when they change. */
  readonly compared: readonly string[];
  readonly create: (reach: Reach, inputs: Fields) => Promise<void>;
  readonly update: (reach: Reach, olds: Fields, inputs: Fields) => Promise<void>;
}

/** The servers, once they are needed: a cluster that is just being made has none to ask. */
export interface Reach {
  readonly system: () => System;
  readonly settings: () => Settings;
}

/** Makes the handler of a resource that stands for work on servers: it has nothing to read back and nothing to delete. */
export function createSystemHandler({ judge, compared, create, update }: SystemWork): Handler {
  let settings: () => Settings = notConfigured;
  const reach: Reach = { settings: () => settings(), system: () => systemOf(settings()) };
  const nothing = async () => {};
  return {
    async configure({ config }) {
      const { settings: read, findings } = readSettings((key) => config.get(key));
      settings = () => {
        if (!read) throw new HeadwaterError(findings);
        return read;
      };
    },
    async check(olds, news) {
      const findings = judge(olds, news);
      const reason = `\n${findings.map(formatFinding).join("\n")}`;
      return { inputs: news, failures: findings.length > 0 ? [{ property: "", reason }] : [] };
    },
    async diff(_, olds, news) {
      const text = (props: Fields) => JSON.stringify(compared.map((key) => props[key] ?? null));
      return { changes: text(olds) !== text(news), replaces: [], deleteBeforeReplace: true };
    },
    async create(inputs) {
      await create(reach, inputs);
      return { id: String(inputs.cluster), outs: plain(inputs) };
    },
    async update(_, olds, news) {
      await update(reach, olds, news);
      return { outs: plain(news) };
    },
    async read(id, props) {
      return { id, props };
    },
    delete: nothing,
  };
}
