const {
  AnalyzeRequest,
  AnalyzeStackRequest,
  AnalyzerResource,
  AnalyzerResourceOptions,
} = require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const { typeTokens } = require("../../dist/model/type-tokens.js");

const URN = "urn:pulumi:prod::bench";

function described(Message, type, name, props) {
  const request = new Message();
  request.setType(type);
  request.setName(name);
  request.setUrn(`${URN}::${type}::${name}`);
  request.setProperties(Struct.fromJavaScript({ ...props, owner: `bench/prod/${name}` }));
  request.setOptions(new AnalyzerResourceOptions());
  return request;
}

function* resourcesOf(Message, { streams, consumers }) {
  for (const [name, spec] of Object.entries(streams))
    yield described(Message, typeTokens.stream, name, { ...spec, name });
  for (const spec of consumers) yield described(Message, typeTokens.consumer, `${spec.stream}-${spec.name}`, spec);
}

/** What the engine asks about each resource of a topology before it is written; made when it is its turn. */
const eachOf = (topology) => resourcesOf(AnalyzeRequest, topology);

/** What the engine asks about all of them at the end of a run. */
function wholeOf(topology) {
  const whole = new AnalyzeStackRequest();
  whole.setResourcesList([...resourcesOf(AnalyzerResource, topology)]);
  return whole;
}

module.exports = { eachOf, wholeOf };
