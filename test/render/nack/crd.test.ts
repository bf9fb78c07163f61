import fc from "fast-check";
import type { SpecKind } from "../../../model/finding";
import { specShapes } from "../../../model/spec-shapes";
import { accountObject } from "../../../render/nack/account-object";
import { controlFields } from "../../../render/nack/connection";
import { fromNack } from "../../../render/nack/from-nack";
import { nackKinds } from "../../../render/nack/nack-kinds";
import { nackRows } from "../../../render/nack/nack-rows";
import { isCarried } from "../../../render/nack/row";
import { toNack } from "../../../render/nack/to-nack";
import { kept, readCrds, violations } from "../../support/crd";
import { specOf } from "../../support/spec-arbitrary";

/** NACK's definitions, `deploy/crds.yml` of its repository; without the file these tests are skipped. */
const file = process.env.HEADWATER_NACK_CRDS;
const withCrds = file ? describe : describe.skip;
const crds = file ? readCrds(file) : new Map();
const connection = { servers: ["nats://nats:4222"], tlsFirst: true, jsDomain: "hub" };

withCrds("the definitions HEADWATER_NACK_CRDS names", () => {
  it.each(Object.keys(specShapes) as SpecKind[])("accept and keep every %s", (kind) => {
    const schema = crds.get(nackKinds[kind]) ?? {};
    fc.assert(
      fc.property(specOf(kind), (spec) => {
        const { object, findings } = toNack(kind, spec, { connection });
        fc.pre(findings.every(({ severity }) => severity === "warning"));
        expect(violations(schema, object.spec, "spec")).toEqual([]);
        // What Kubernetes fills in changes nothing.
        expect(fromNack({ ...object, spec: kept(schema, object.spec) })).toEqual(fromNack(object));
      }),
    );
  });

  it.each(Object.keys(specShapes) as SpecKind[])("have for a %s the fields that are written, and no other", (kind) => {
    const own = Object.keys(crds.get(nackKinds[kind])?.properties ?? {}).filter((key) => !controlFields.has(key));
    expect(
      nackRows[kind]
        .filter(isCarried)
        .map(({ nack }) => nack)
        .sort(),
    ).toEqual(own.sort());
  });

  it("mean by what is left out what is read", () => {
    const stream = { name: "S", subjects: ["s"] };
    const read = (kind: string, spec: object) => fromNack({ apiVersion: "jetstream.nats.io/v1beta2", kind, spec });
    expect(read("Stream", kept(crds.get("Stream"), stream) as object)).toEqual(read("Stream", stream));
    const consumer = { streamName: "S", durableName: "C" };
    expect(read("Consumer", kept(crds.get("Consumer"), consumer) as object)).toEqual(read("Consumer", consumer));
  });

  it("accept and keep an Account with all it can have", () => {
    const secretName = "nats";
    const { spec } = accountObject({
      name: "a",
      servers: ["tls://nats:4222"],
      creds: { secretName, key: "creds" },
      nkey: { secretName, key: "seed" },
      token: { secretName, key: "token" },
      user: { secretName, userKey: "user", passwordKey: "password" },
      tls: { secretName, certKey: "tls.crt", keyKey: "tls.key", caKey: "ca.crt" },
      tlsFirst: true,
    });
    expect(violations(crds.get("Account"), spec, "spec")).toEqual([]);
    // The controller does not read its name, and drops it when it writes the object back.
    const { name: _, ...properties } = crds.get("Account").properties;
    expect(Object.keys(spec as object).sort()).toEqual(Object.keys(properties).sort());
  });
});
