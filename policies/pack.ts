import { PolicyPack } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { HeadwaterError } from "../model/finding";
import { projectOptions } from "./pulumi/project-options";
import { type PackOptions, pulumiPolicies } from "./pulumi/pulumi-policies";
import { shareProperties } from "./pulumi/share-properties";
import { rules } from "./rules";

let stack: string | undefined;

// The SDK keeps the stack's name to itself: it is read where the engine says it, before it asks for the levels.
onRequest(AnalyzerService.configureStack, (request) => {
  stack = request.getStack();
});
onRequest(AnalyzerService.analyze, shareProperties);
onRequest(AnalyzerService.analyzeStack, shareProperties);

function onRequest<T>(method: { requestDeserialize: (bytes: Buffer) => T }, look: (request: T) => void): void {
  const read = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const request = read(bytes);
    look(request);
    return request;
  };
}

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
