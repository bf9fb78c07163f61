import type { Construct } from "constructs";
import type { ServerFacts } from "../../preflight/server-facts";
import type { Previous } from "./previous";
import type { RenderProps } from "./props";

/** What holds for every asset below a construct that says nothing else. */
export interface Defaults extends RenderProps {
  /**
   * What was rendered before: a file or folder of manifests, or their objects. Edits are judged beside it, and only judged
   * ones are applied.
   * @default - not known: the controller applies no edit
   */
  readonly previous?: Previous;
  /**
   * What is known of the servers: an older version, their number, limits of the account.
   * @default - the newest supported server
   */
  readonly server?: ServerFacts;
}

const said = new WeakMap<object, Defaults>();

/**
 * Says what holds for every asset that is declared below a construct afterwards: an app, a chart, anything around them. What
 * is nearer to an asset goes before.
 *
 * @example
 * hw.setDefaults(app, { connection: { account: "nats" }, previous: "dist" });
 */
export function setDefaults(scope: Construct, defaults: Defaults): void {
  said.set(scope, { ...said.get(scope), ...known(defaults) });
}

/** What holds at a construct. */
export function defaultsOf(scope: Construct): Defaults {
  return Object.assign({}, ...scope.node.scopes.map((each) => said.get(each)));
}

/** Without what is `undefined`. */
export function known<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
