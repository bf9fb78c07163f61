import { typeTokens } from "../../../model/type-tokens";
import { hearQuestions } from "../../../policies/pulumi/hear-questions";
import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { rules } from "../../../policies/rules";
import { analyze, analyzeStack, type Resource, run, secret, UNKNOWN } from "./support/ask";

const stream = (props: object): Resource => ({
  type: typeTokens.stream,
  name: "orders",
  provider: "eu",
  props: { name: "ORDERS_V1", subjects: ["orders.v1.>"], ...props },
});
const BOUNDED = "jetstream-retention-bounded";

/** Messages of some rules, heard and shown. */
async function judged(resources: readonly Resource[], ...ids: string[]): Promise<{ heard: string[]; shown: string[] }> {
  const config = [{ all: "disabled" as const, ...Object.fromEntries(ids.map((id) => [id, "mandatory" as const])) }];
  const questions = hearQuestions();
  const heard = await run(pulumiPolicies(rules, { config, questions }), resources, questions);
  const shown = await run(pulumiPolicies(rules, { config }), resources);
  const told = (all: typeof heard) => all.map(({ message }) => message.split("\n")[1] as string);
  return { heard: told(heard), shown: told(shown) };
}

it("hears what is not known yet as the SDK shows it: a field, a list, something in a map", async () => {
  for (const props of [
    { maxAge: UNKNOWN },
    { subjects: UNKNOWN, maxAge: "7d" },
    { subjects: ["orders.v1.a", UNKNOWN] },
    { metadata: { owner: UNKNOWN } },
    { maxBytes: secret(UNKNOWN) },
  ]) {
    const { heard, shown } = await judged([stream(props)], ...rules.map(({ id }) => id));
    expect(heard).toEqual(shown);
    expect(heard.length).toBeGreaterThan(0);
  }
});

it("shows nothing a program marked as secret, in its own message or in another asset's", async () => {
  const own = await judged([stream({ name: secret("ORDERS_V1") })], BOUNDED);
  expect(own.shown[0]).toContain('stream "ORDERS_V1": maxAge');
  expect(own.heard[0]).toContain('stream "[secret]": maxAge');

  const twin = { ...stream({ name: "OTHERS_V1" }), name: "others" };
  const both = await judged([stream({ subjects: [secret("orders.v1.>")] }), twin], "jetstream-preflight");
  expect(both.shown.join()).toContain("orders.v1.>");
  expect(both.heard.length).toBe(both.shown.length);
  expect(both.heard.join()).not.toContain("orders.v1.>");
});

it("takes what the SDK shows where nothing was heard", async () => {
  const questions = hearQuestions();
  const config = [
    { all: "disabled" as const, [BOUNDED]: "mandatory" as const, "jetstream-preflight": "mandatory" as const },
  ];
  const policies = pulumiPolicies(rules, { config, questions });
  expect(await analyze(policies, stream({}))).toHaveLength(2);
  const twin = { ...stream({ name: "OTHERS_V1" }), name: "others" };
  expect((await analyzeStack(policies, [stream({}), twin])).length).toBeGreaterThan(0);
});

it("hears the newest question about a resource", async () => {
  const questions = hearQuestions();
  const policies = pulumiPolicies(rules, { config: [{ all: "disabled", [BOUNDED]: "mandatory" }], questions });
  expect(await analyze(policies, stream({}), questions)).toHaveLength(2);
  expect(await analyze(policies, stream({ maxAge: "7d" }), questions)).toHaveLength(1);
  expect(await analyze(policies, stream({ maxAge: "7d", maxBytes: "1GiB" }), questions)).toEqual([]);
});
