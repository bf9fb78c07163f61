import { holdsUnknown, knownParts } from "../../policies/known-parts";
import { unlessHidden } from "../../preflight/asset";

const LATER = Symbol("later") as unknown as string;
const isUnknown = (value: unknown) => value === LATER;
const spec = { name: "nats", tls: { client: { secretName: LATER, verify: true } }, users: [{ user: "a" }, LATER] };

it("hides what is not known yet, at any depth, and nothing else", () => {
  const view = knownParts(spec, isUnknown);
  expect(view.tls.client.verify).toBe(true);
  expect(unlessHidden(() => view.tls.client.secretName)).toBeUndefined();
  expect(() => view.tls.client.secretName).toThrow();
  expect(view.users).toHaveLength(2);
  expect(view.users[0]).toEqual({ user: "a" });
  expect(() => view.users[1]).toThrow();
});

it("names what it hides: whoever lists the fields does not miss one", () => {
  const view = knownParts({ SYS: {}, APP: LATER }, isUnknown);
  expect(Object.keys(view)).toEqual(["SYS", "APP"]);
  expect(() => Object.entries(view)).toThrow();
});

it("tells where something is not known yet", () => {
  expect(holdsUnknown(spec, isUnknown)).toBe(true);
  expect(holdsUnknown({ a: [{ b: 1 }] }, isUnknown)).toBe(false);
});
