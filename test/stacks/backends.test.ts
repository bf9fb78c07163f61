import { Testing } from "cdk8s";
import { natsCliFiles } from "../../render/nats-cli/nats-cli-files";
import { PersistenceJob, PersistenceNack } from "../../stacks/persistence-chart";
import { persistenceTopology } from "../../stacks/persistence-topology";
import { ofCli, ofJob, ofNack, ofPulumi } from "../support/backends";
import { configOf, PROJECT, runStack } from "./run-stack";

const where = { servers: ["nats://nats.persistence:4222"], secret: "persistence", namespace: "persistence" };

it.each([
  ["dev", {}],
  ["staging", {}],
  ["prod", {}],
  ["staging", { maxReplicas: "1" }],
])("is the same design in %s with %j, whichever way it is deployed", async (stack, over) => {
  const config: Record<string, string> = { ...configOf(stack), ...prefixed(over), [`${PROJECT}:cluster`]: "false" };
  const number = (key: string) => {
    const value = config[`${PROJECT}:${key}`];
    return value === undefined ? undefined : Number(value);
  };
  const scale = { maxReplicas: number("maxReplicas"), sizeFactor: number("sizeFactor") };

  const pulumi = ofPulumi(await runStack(stack, config));
  expect(Object.keys(pulumi)).toEqual([
    "CONSENSUS_EVENTS_V1",
    "CONSENSUS_EVENTS_V1/CONSENSUS_AUDIT_TAIL",
    "INGEST_RAW_V1",
    "INGEST_RAW_V1/ANALYTICS_BATCH",
    "INGEST_RAW_V1/REALTIME_PIPE",
    "INGEST_STATUS_V1",
    "UNDELIVERED",
  ]);
  expect(pulumi.INGEST_RAW_V1?.replicas).toBe(scale.maxReplicas === 1 ? undefined : 3);

  const app = Testing.app();
  const nack = new PersistenceNack(app, "persistence", { ...where, ...scale });
  const job = new PersistenceJob(app, "job", { ...where, ...scale, image: "headwater:0.1.0" });
  expect(ofNack(Testing.synth(nack))).toEqual(pulumi);
  expect(ofJob(Testing.synth(job))).toEqual(pulumi);
  const { files, findings } = natsCliFiles(persistenceTopology(scale));
  expect(findings).toEqual([]);
  expect(ofCli(files)).toEqual(pulumi);
});

const prefixed = (over: object) =>
  Object.fromEntries(Object.entries(over).map(([key, value]) => [`${PROJECT}:${key}`, String(value)]));
