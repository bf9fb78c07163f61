import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PulumiPolicy } from "../../../../policies/pulumi/engine";
import type { HeardQuestions, Question } from "../../../../policies/pulumi/hear-questions";

type Answered = (error: unknown, response: messages.AnalyzeResponse) => void;
type Ask = (call: { request: unknown }, done: Answered) => void;
type Make = (pack: string, version: string, level: string, policies: readonly PulumiPolicy[]) => Ask;
const sdk = require("@pulumi/policy/server") as Record<"makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun", Make> & {
  serve: unknown;
};

/** What the engine puts for a number that is not known yet. */
export const UNKNOWN = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";

/** A value as the engine sends a secret. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** A resource as a program declares it. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: string;
}

export const urnOf = ({ type, name }: Pick<Resource, "type" | "name">, stack = "prod") =>
  `urn:pulumi:${stack}::demo::${type}::${name}`;

/** `policy (level) message`, and the resource where one is named. */
export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "other";
  readonly message: string;
  readonly urn: string;
}

/** Asks as the engine does before a resource is written. */
export function analyze(
  policies: readonly PulumiPolicy[],
  resource: Resource,
  questions?: HeardQuestions,
): Promise<Violation[]> {
  return ask(sdk.makeAnalyzeRpcFun, policies, message(new messages.AnalyzeRequest(), resource), questions);
}

/** Asks as the engine does at the end of a run. */
export function analyzeStack(
  policies: readonly PulumiPolicy[],
  resources: readonly Resource[],
  questions?: HeardQuestions,
): Promise<Violation[]> {
  const request = new messages.AnalyzeStackRequest();
  request.setResourcesList(resources.map((one) => message(new messages.AnalyzerResource(), one)));
  return ask(sdk.makeAnalyzeStackRpcFun, policies, request, questions);
}

/** Both, as a run does. */
export async function run(
  policies: readonly PulumiPolicy[],
  resources: readonly Resource[],
  questions?: HeardQuestions,
): Promise<Violation[]> {
  const each: Violation[] = [];
  for (const resource of resources) each.push(...(await analyze(policies, resource, questions)));
  return [...each, ...(await analyzeStack(policies, resources, questions))];
}

function message<M extends messages.AnalyzeRequest | messages.AnalyzerResource>(request: M, resource: Resource): M {
  const { type, name, props, provider } = resource;
  request.setType(type);
  request.setName(name);
  request.setUrn(urnOf(resource));
  request.setProperties(Struct.fromJavaScript(props as never));
  request.setOptions(new messages.AnalyzerResourceOptions());
  if (provider !== undefined) {
    const of = new messages.AnalyzerProviderResource();
    of.setUrn(urnOf({ type: "pulumi:providers:pulumi-nodejs", name: provider }));
    of.setProperties(Struct.fromJavaScript({}));
    request.setProvider(of);
  }
  return request;
}

function ask(
  make: Make,
  policies: readonly PulumiPolicy[],
  request: Question,
  questions?: HeardQuestions,
): Promise<Violation[]> {
  questions?.hear(request);
  return new Promise((resolve, reject) => {
    const answered: Answered = (error, response) => {
      if (error) return reject(error);
      const levels = { 0: "advisory", 1: "mandatory" } as const;
      resolve(
        response.getDiagnosticsList().map((one) => ({
          policy: one.getPolicyname(),
          level: levels[one.getEnforcementlevel() as 0 | 1] ?? "other",
          message: one.getMessage(),
          urn: one.getUrn(),
        })),
      );
    };
    setImmediate(() => make("headwater", "0.1.0", "advisory", policies)({ request }, answered));
  });
}
