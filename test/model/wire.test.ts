import { consumerConfig, readConsumerConfig, readStreamConfig, streamConfig } from "../../model/config";
import { decodeJson, encodeJson, wireName } from "../../model/wire";

it.each([
  ["maxMsgsPerSubject", "max_msgs_per_subject"],
  ["allowMsgTtl", "allow_msg_ttl"],
  ["rateLimitBps", "rate_limit_bps"],
  ["replicas", "num_replicas"],
  ["name", "name"],
])("%s is %s on the wire", (key, name) => expect(wireName(key)).toBe(name));

it("keeps 64 bits through JSON", () => {
  const text = encodeJson({ max_age: 9_071_999_999_999_999n, n: 1, list: [1.5] });
  expect(text).toBe('{"max_age":9071999999999999,"n":1,"list":[1.5]}');
  expect(decodeJson(text)).toEqual({ max_age: 9_071_999_999_999_999n, n: 1, list: [1.5] });
});

it("stamps a stream and reads it back without the stamp and the server's own metadata", () => {
  const spec = { name: "S", maxAge: "7d", dataClass: "audit", metadata: { team: "a" } };
  const config = streamConfig(spec, "p/s/r");
  expect(config).toEqual({
    name: "S",
    max_age: 604_800_000_000_000,
    metadata: { team: "a", "headwater.owner": "p/s/r", "headwater.data-class": "audit" },
  });
  const echoed = { ...config, metadata: { ...(config.metadata as object), "_nats.ver": "2.15.1" } };
  expect(readStreamConfig(echoed)).toEqual({ spec, owner: "p/s/r" });
});

it("gives a consumer its durable name and tells pull from push", () => {
  const spec = { stream: "S", name: "C", kind: "push", deliverSubject: "d", ackPolicy: "explicit" };
  const config = consumerConfig(spec);
  expect(config).toEqual({ durable_name: "C", name: "C", deliver_subject: "d", ack_policy: "explicit" });
  expect(readConsumerConfig("S", config)).toEqual({ spec, owner: undefined });
});
