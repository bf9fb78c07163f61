import { PolicyPack } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { HeadwaterError } from "../model/finding";
import { projectOptions } from "./pulumi/project-options";
import type { PackOptions } from "./pulumi/pulumi-policies";
import { pulumiPolicies } from "./pulumi/pulumi-policies";
import { rules } from "./rules";

let stack: string | undefined;

// The SDK keeps the stack's name to itself: it is read where the engine says it, before it asks for the levels.
const { configureStack } = AnalyzerService;
const read = configureStack.requestDeserialize;
configureStack.requestDeserialize = (bytes) => {
  const request = read(bytes);
  stack = request.getStack();
  return request;
};

function options(): PackOptions {
  try {
    return projectOptions(rules, { stack: () => stack });
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
