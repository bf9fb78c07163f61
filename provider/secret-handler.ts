import { type Finding, formatFinding, type SecretKind, throwFindings } from "../model/finding";
import type { Fields } from "./driver";
import type { Handler } from "./handler";
import { type GetConfig, readSettings, type Settings } from "./settings";
import { plain } from "./state";

/** Where to ask running servers, or why nobody can. */
export type Reach = { readonly settings: Settings } | { readonly unknown: string };

/** What differs between the secrets that are managed. Nothing here needs a server; a key may ask for one. */
export interface SecretDriver {
  readonly kind: SecretKind;
  /** Arguments with their defaults. */
  readonly inputs: (news: Fields) => Fields;
  /** What is wrong with arguments; what is not known yet is not. */
  readonly check: (inputs: Fields) => Finding[];
  /** What a step makes of the state (its outputs), or what speaks against it. Without a step: the same outputs. */
  readonly next: (
    state: Fields | undefined,
    inputs: Fields,
    reach: Reach,
  ) => Promise<{ readonly outputs?: Fields; readonly findings: readonly Finding[] }>;
  /** True where `next` would change the state although the arguments are the same. */
  readonly isDue?: (state: Fields, inputs: Fields) => boolean;
  /** Why a step cannot be taken, as early as a preview; arguments that are not known yet are left out. */
  readonly judge?: (state: Fields, inputs: Fields, reach: Reach) => Promise<readonly Finding[]>;
  readonly mayDelete?: (state: Fields) => readonly Finding[];
}

/** Version of the outputs below. Every older one must stay readable: state outlives the package that wrote it. */
const STATE_VERSION = 1;

/** Makes the handler of one kind of secret. */
export function createSecretHandler(driver: SecretDriver): Handler {
  let reach: Reach = { unknown: "the provider was not configured" };

  async function write(state: Fields | undefined, inputs: Fields): Promise<Fields> {
    const { outputs, findings } = await driver.next(state, inputs, reach);
    throwFindings(findings);
    return plain({ ...inputs, ...outputs, stateVersion: STATE_VERSION });
  }

  return {
    async configure({ config }) {
      reach = toReach((key) => config.get(key));
    },

    async check(_, news) {
      const inputs = driver.inputs(news);
      const findings = driver.check(inputs);
      const failures =
        findings.length > 0 ? [{ property: "", reason: `\n${findings.map(formatFinding).join("\n")}` }] : [];
      return { inputs, failures };
    },

    async diff(_, olds, news) {
      throwFindings((await driver.judge?.(olds, news, reach)) ?? []);
      const due = driver.isDue?.(olds, news) ?? false;
      return { changes: due ? true : undefined, replaces: [], deleteBeforeReplace: true };
    },

    async create(inputs) {
      return { id: String(inputs.name), outs: await write(undefined, inputs) };
    },

    async update(_, olds, news) {
      return { outs: await write(olds, news) };
    },

    async read(id, props) {
      return { id, props };
    },

    async delete(_, props) {
      throwFindings(driver.mayDelete?.(props) ?? []);
    },
  };
}

function toReach(getConfig: GetConfig): Reach {
  const { settings, findings } = readSettings(getConfig);
  if (settings) return { settings };
  return { unknown: findings.map(({ field, problem }) => `${field} ${problem}`).join(", ") };
}
