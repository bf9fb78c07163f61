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

function resourcesOf(Message, { streams, consumers }) {
  return [
    ...Object.entries(streams).map(([name, spec]) => described(Message, typeTokens.stream, name, { ...spec, name })),
    ...consumers.map((spec) => described(Message, typeTokens.consumer, `${spec.stream}-${spec.name}`, spec)),
  ];
}

/** What the engine sends for the resources of a topology: one request for each, and one for all. */
function requestsOf(topology) {
  const whole = new AnalyzeStackRequest();
  whole.setResourcesList(resourcesOf(AnalyzerResource, topology));
  return { single: resourcesOf(AnalyzeRequest, topology), whole };
}

module.exports = { requestsOf };
