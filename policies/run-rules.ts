import type { AssetKind } from "../model/finding";
import { type ConsumerAsset, type StreamAsset, unlessHidden } from "../preflight/asset";
import type { PolicyFinding } from "./finding";
import type { Found, FoundAbout } from "./rule";
import type { RuleSetting } from "./settings";
import type { Account, ClusterAsset, EventBusAsset, System } from "./system";

/** Everything the rules find, waived or not; what exists beside the declared assets is only looked at. */
export function runRules(system: System, settings: readonly RuleSetting[]): PolicyFinding[] {
  return settings.flatMap((setting) => runRule(system, setting));
}

/** Everything one rule finds. */
export function runRule(system: System, setting: RuleSetting): PolicyFinding[] {
  const { rule, level, options } = setting;
  if (level === "disabled") return [];
  const { accounts, clusters, eventBuses } = system;
  switch (rule.on) {
    case "stream":
      return inEach(accounts, ({ streams }) => streams.flatMap((stream) => judgeStream(setting, stream)));
    case "consumer":
      return inEach(accounts, ({ consumers }) => consumers.flatMap((consumer) => judgeConsumer(setting, consumer)));
    case "cluster":
      return clusters.flatMap((cluster) => judgeCluster(setting, cluster));
    case "event-bus":
      return eventBuses.flatMap((eventBus) => judgeEventBus(setting, eventBus));
    case "account":
      return inEach(accounts, (account) =>
        collect(() => rule.find(account, options)).map((found) => about(setting, found)),
      );
    case "system":
      return collect(() => rule.find(system, options)).map((found) => about(setting, found));
    case "waivers":
      return [];
  }
}

function inEach(accounts: readonly Account[], judge: (account: Account) => PolicyFinding[]): PolicyFinding[] {
  return accounts.flatMap((one, account) => judge(one).map((found) => ({ ...found, account })));
}

/** What a rule finds about one stream or bucket; nothing where it is about something else. */
function judgeStream(setting: RuleSetting, stream: StreamAsset): PolicyFinding[] {
  const { rule, options } = setting;
  if (rule.on !== "stream" || !stream.declared || !rule.kinds.includes(stream.kind)) return [];
  return collect(() => rule.find(stream, options)).map((found) =>
    finding(setting, stream.kind, stream.name, { ...found, field: stream.word(found.field) }),
  );
}

/** What a rule finds about one consumer. */
function judgeConsumer(setting: RuleSetting, consumer: ConsumerAsset): PolicyFinding[] {
  const { rule, options } = setting;
  if (rule.on !== "consumer" || !consumer.declared) return [];
  return collect(() => rule.find(consumer, options)).map((found) => finding(setting, "consumer", consumer.name, found));
}

/** What a rule finds about one cluster. */
function judgeCluster(setting: RuleSetting, cluster: ClusterAsset): PolicyFinding[] {
  const { rule, options } = setting;
  if (rule.on !== "cluster") return [];
  return collect(() => rule.find(cluster, options)).map((found) => finding(setting, "cluster", cluster.name, found));
}

/** What a rule finds about one event bus. */
function judgeEventBus(setting: RuleSetting, eventBus: EventBusAsset): PolicyFinding[] {
  const { rule, options } = setting;
  if (rule.on !== "event-bus") return [];
  const found = collect(() => rule.find(eventBus, options));
  return found.map((one) => finding(setting, "event bus", eventBus.name, one));
}

// What was found before something that is not known yet was read counts; the rest is judged when it is known.
function collect<F>(find: () => Iterable<F>): F[] {
  const found: F[] = [];
  unlessHidden(() => {
    for (const one of find()) found.push(one);
  });
  return found;
}

function about(setting: RuleSetting, { about: { kind, name }, code, ...found }: FoundAbout): PolicyFinding {
  const made = finding(setting, kind, name, found);
  return code === undefined ? made : { ...made, code };
}

/** A rule's finding about an asset, at the rule's level. */
export function finding({ rule, level }: RuleSetting, kind: AssetKind, name: string, found: Found): PolicyFinding {
  const { field, value, problem, remedy = rule.fix } = found;
  return {
    code: rule.id,
    rule: rule.id,
    level: level === "mandatory" ? "mandatory" : "advisory",
    severity: level === "mandatory" ? "error" : "warning",
    kind,
    name,
    field,
    ...(value !== undefined && { value }),
    problem,
    remedy,
  };
}
