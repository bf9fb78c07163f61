import { PolicyPack } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { type ConfigureAnalyzerRequest, EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { HeadwaterError } from "../model/finding";
import { hearQuestions } from "./pulumi/hear-questions";
import { projectOptions } from "./pulumi/project-options";
import { type PackOptions, pulumiPolicies } from "./pulumi/pulumi-policies";
import type { Level } from "./rule";
import { rules } from "./rules";
import type { PolicyConfig } from "./settings";

let stack: string | undefined;
let told: PolicyConfig = {};

// The SDK keeps the stack's name to itself: it is read where the engine says it, before it asks for the levels.
onRequest(AnalyzerService.configureStack, (request) => {
  stack = request.getStack();
});
onRequest(AnalyzerService.configure, (request) => {
  told = configOf(request);
});
const questions = hearQuestions();
onRequest(AnalyzerService.analyze, questions.hear);
onRequest(AnalyzerService.analyzeStack, questions.hear);

// An older SDK has no such call: nothing is heard then, and defaults hold.
function onRequest<T>(method: { requestDeserialize: (bytes: Buffer) => T } | undefined, look: (request: T) => void) {
  if (!method) return;
  const read = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const request = read(bytes);
    look(request);
    return request;
  };
}

function configOf(request: ConfigureAnalyzerRequest): PolicyConfig {
  const levels: Partial<Record<EnforcementLevel, Level>> = {
    [EnforcementLevel.ADVISORY]: "advisory",
    [EnforcementLevel.MANDATORY]: "mandatory",
  };
  const entries = [...request.getPolicyconfigMap().entries()].map(([rule, config]) => {
    const enforcementLevel = levels[config.getEnforcementlevel()] ?? "disabled";
    return [rule, { ...config.getProperties()?.toJavaScript(), enforcementLevel }];
  });
  return Object.fromEntries(entries) as PolicyConfig;
}

function options(): PackOptions {
  try {
    return { ...projectOptions(rules, { stack: () => stack }), told: () => told, questions };
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    console.error(error.message);
    return process.exit(1);
  }
}

new PolicyPack("headwater", {
  description: "What your organization refuses of JetStream streams, consumers, buckets and clusters.",
  displayName: "Headwater",
  policies: pulumiPolicies(rules, options()),
});
