import * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Level } from "../../../../policies/rule";

type Configure = (call: { request: messages.ConfigureAnalyzerRequest }, done: (error: unknown) => void) => void;
const sdk = "@pulumi/policy/server";
const levels: Readonly<Record<Level, messages.EnforcementLevel>> = {
  advisory: messages.EnforcementLevel.ADVISORY,
  mandatory: messages.EnforcementLevel.MANDATORY,
  disabled: messages.EnforcementLevel.DISABLED,
};

// The SDK hands out what takes a configuration to the server it starts, and to nobody else.
function configureOf(): Configure {
  const { Server } = require(require.resolve("@grpc/grpc-js", { paths: [require.resolve(sdk)] }));
  const added = jest.spyOn(Server.prototype, "addService").mockReturnValue(undefined);
  const bound = jest.spyOn(Server.prototype, "bindAsync").mockReturnValue(undefined);
  require(sdk).serve("headwater", "0.0.0", "advisory", {});
  const [, handlers] = added.mock.calls[0] as [unknown, { configure: Configure }];
  added.mockRestore();
  bound.mockRestore();
  return handlers.configure;
}

let configured: Configure | undefined;

/** Tells the SDK what `--policy-pack-config` says, over all that was said before. */
export function configure(config: Readonly<Record<string, Level>>): Promise<void> {
  configured ??= configureOf();
  const request = new messages.ConfigureAnalyzerRequest();
  for (const [rule, level] of Object.entries(config)) {
    const one = new messages.PolicyConfig();
    one.setEnforcementlevel(levels[level]);
    one.setProperties(Struct.fromJavaScript({}));
    request.getPolicyconfigMap().set(rule, one);
  }
  const answered = configured;
  return new Promise((resolve, reject) => answered({ request }, (error) => (error ? reject(error) : resolve())));
}
