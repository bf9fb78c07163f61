import { typeTokens } from "../../../model/type-tokens";
import { packSettings } from "../../../policies/pulumi/pack-settings";
import { pulumiPolicies } from "../../../policies/pulumi/pulumi-policies";
import { consumerDurableNamePrefixed as prefixed } from "../../../policies/rules/jetstream-consumer-durable-name-prefixed";

const settings = () => packSettings([prefixed], () => "prod", [{ [prefixed.id]: { pattern: "^a_" } }]);

it("puts what the engine was told over what is written down", () => {
  const { of, configured, all, asked } = settings();
  expect(of(prefixed).options.pattern).toBe("^a_");
  expect(asked()).toMatchObject([{ level: "disabled" }]);
  expect(configured(prefixed, {}).options.pattern).toBe("^a_");
  expect(configured(prefixed, { pattern: "^b_", waivable: false, reason: "ours" })).toMatchObject({
    level: "mandatory",
    waivable: false,
    options: { pattern: "^b_" },
  });
  expect([all(), asked()]).toMatchObject([[{ waivable: false }], [{ waivable: false }]]);
});

it("knows what the engine was told of a policy it has not asked yet", () => {
  const told = { [prefixed.id]: { enforcementLevel: "advisory", pattern: "^c_" } };
  const { of, asked, all } = packSettings(
    [prefixed],
    () => "prod",
    [],
    () => told,
  );
  expect(of(prefixed).level).toBe("mandatory");
  const heard = [{ level: "advisory", options: { pattern: "^c_" } }];
  expect([asked(), all()]).toMatchObject([heard, heard]);
});

it("runs a rule the engine asks although it is disabled where it is written down", () => {
  const { configured } = packSettings([prefixed], () => "prod", [{ all: "disabled" }]);
  expect(configured(prefixed, {}).level).toBe("advisory");
});

it.each([
  [
    { pattern: "(" },
    'PC105 file "--policy-pack-config": jetstream-consumer-durable-name-prefixed.pattern must be a regular expression, got "(". Correct the value.',
  ],
  [
    { patern: "^a" },
    'PC105 file "--policy-pack-config": jetstream-consumer-durable-name-prefixed.patern is not an option of the rule. Did you mean pattern?',
  ],
  [
    { waivable: "no" },
    'PC105 file "--policy-pack-config": jetstream-consumer-durable-name-prefixed.waivable must be true or false, got "no". Correct the value.',
  ],
])("refuses %j in a sentence, without frames", (given, message) => {
  const [policy] = pulumiPolicies([prefixed]);
  const validate = policy && "validateResource" in policy ? policy.validateResource : undefined;
  const args = { type: typeTokens.consumer, urn: "urn", name: "c", props: {}, getConfig: () => given as never };
  expect(() => validate?.(args, () => {})).toThrow(
    expect.objectContaining({ message, stack: message }) as unknown as Error,
  );
});
