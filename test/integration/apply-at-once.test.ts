import { jetstreamManager } from "@nats-io/jetstream";
import { formatFinding } from "../../model/finding";
import { jetStreamApi } from "../../provider/api";
import type { ApplyRequest } from "../../provider/apply/apply-plan";
import { planApply } from "../../provider/apply/plan-apply";
import { runSteps } from "../../provider/apply/run-steps";
import { closeConnections } from "../../provider/connection";
import { readSettings, type Settings } from "../../provider/settings";
import { startServer, type TestServer, withConnection } from "../support/nats";

const COUNT = 40;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await closeConnections();
  await server.stop();
});

const api = () => {
  const told = { "nats:servers": server.url } as Record<string, string>;
  return jetStreamApi(readSettings((key) => told[key]).settings as Settings);
};

function request(prefix: string, owner: string, maxAge: string): ApplyRequest {
  const names = Array.from({ length: COUNT }, (_, i) => `${prefix}${i}`);
  const declared = [
    ...names.map((name) => ({ kind: "stream" as const, spec: { name, maxAge } })),
    ...names.map((stream) => ({
      kind: "consumer" as const,
      spec: { stream, name: "c", kind: "pull", ackPolicy: "explicit" },
    })),
  ];
  return { declared, owner, adopt: false, prune: false };
}

// Both have looked before either writes.
async function atOnce(...requests: readonly ApplyRequest[]) {
  const plans = await Promise.all(requests.map((one) => planApply(api(), one)));
  return Promise.all(plans.map(({ steps }) => runSteps(api(), steps, {})));
}

const live = (prefix: string) =>
  withConnection(server.url, async (nc) => {
    const { streams, consumers } = await jetstreamManager(nc);
    return Promise.all(
      Array.from({ length: COUNT }, async (_, i) => {
        const { config } = await streams.info(`${prefix}${i}`);
        const consumer = await consumers.info(`${prefix}${i}`, "c");
        return {
          age: config.max_age,
          owner: config.metadata?.["headwater.owner"],
          consumer: consumer.config.metadata?.["headwater.owner"],
        };
      }),
    );
  });

const HOUR = 3_600e9;

it("leaves one of two versions whole where both runs have the same owner, and the next run mends the rest", async () => {
  const [one, two] = [request("SAME", "shop/prod", "1h"), request("SAME", "shop/prod", "2h")];
  const ran = await atOnce(one, two);
  expect(ran.flat().flatMap(({ findings }) => findings.map(formatFinding))).toEqual([]);
  for (const [i, { age, owner, consumer }] of (await live("SAME")).entries()) {
    expect([HOUR, 2 * HOUR]).toContain(age);
    expect(owner).toBe(`shop/prod/SAME${i}`);
    expect(consumer).toBe(`shop/prod/SAME${i}/c`);
  }
  const again = await planApply(api(), two);
  expect(again.refusals).toEqual([]);
  await runSteps(api(), again.steps, {});
  expect(new Set((await live("SAME")).map(({ age }) => age))).toEqual(new Set([2 * HOUR]));
});

it("gives an asset to one of two owners, and tells the other one whose it is", async () => {
  const [one, two] = [request("BOTH", "shop/one", "1h"), request("BOTH", "shop/two", "2h")];
  const ran = await atOnce(one, two);
  const owned = await live("BOTH");
  for (const [i, { age, owner, consumer }] of owned.entries()) {
    const winner = age === HOUR ? "one" : "two";
    const loser = winner === "one" ? 1 : 0;
    expect(owner).toBe(`shop/${winner}/BOTH${i}`);
    expect(consumer).toBe(`shop/${winner}/BOTH${i}/c`);
    expect(ran[1 - loser]?.[i]?.outcome).toBe("done");
    expect(ran[loser]?.[i]?.findings.map(formatFinding)).toEqual([
      `ON101 stream "BOTH${i}": is managed by resource "BOTH${i}" of stack "${winner}" in project "shop". Choose another name, or run again with --adopt-from shop/${winner} to take it over from there.`,
    ]);
    expect(ran[loser]?.[COUNT + i]?.outcome).toBe("skipped");
  }
  const over = await planApply(api(), { ...two, adoptFrom: "shop/one" });
  expect(over.refusals.filter(({ code }) => code === "ON101")).toEqual([]);
  await runSteps(api(), over.steps, {});
  expect(new Set((await live("BOTH")).map(({ owner }) => owner?.split("/")[1]))).toEqual(new Set(["two"]));
});
