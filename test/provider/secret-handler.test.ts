import { certificate, certificateAuthority, encryptionKey } from "../../provider";
import type { Fields } from "../../provider/driver";
import type { Handler } from "../../provider/handler";
import { createAuthority } from "../../secrets/authority";
import { generateKey } from "../../secrets/generate-key";
import { keyId } from "../../secrets/key-id";

const UNKNOWN = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
];
const handlers: Record<string, [Handler, Fields]> = {
  encryptionKey: [encryptionKey, { name: "k", rotate: 1, previous: "keep", servers: 3, cluster: "c", allow: [] }],
  certificateAuthority: [
    certificateAuthority,
    { name: "ca", commonName: "CA", validity: "30d", rotate: 1, phase: "drop" },
  ],
  certificate: [
    certificate,
    {
      name: "c",
      commonName: "c",
      dnsNames: ["a"],
      ipAddresses: ["::1"],
      emailAddresses: ["a@b"],
      usages: ["server"],
      validity: "90d",
      renewBefore: "1d",
      authorityCertificate: "later",
      authorityKey: "later",
    },
  ],
};

describe.each(Object.entries(handlers))("%s", (_, [handler, args]) => {
  it.each(Object.keys(args))("lets %s be not known yet, in every form that has", async (field) => {
    for (const unknown of UNKNOWN) {
      const { inputs, failures } = await handler.check({}, { ...args, [field]: unknown });
      expect(failures).toEqual([]);
      expect(inputs[field]).toBe(unknown);
      const lists = Array.isArray(args[field]) ? [{ ...args, [field]: [unknown] }] : [];
      for (const news of lists) expect((await handler.check({}, news)).failures).toEqual([]);
      expect(await handler.diff("id", { ...args, key: "k", certificate: "c" }, inputs)).toEqual({
        changes: undefined,
        replaces: [],
        deleteBeforeReplace: true,
      });
    }
  });
});

const checked = async (handler: Handler, args: Fields) => (await handler.check({}, args)).inputs;

describe("encryptionKey", () => {
  it("keeps its state in version 1, with ids that servers show", async () => {
    const { id, outs } = await encryptionKey.create(await checked(encryptionKey, { name: "k" }));
    expect(id).toBe("k");
    expect(outs).toEqual({
      name: "k",
      rotate: 1,
      previous: "keep",
      key: outs.key,
      keyId: keyId(String(outs.key)),
      retired: [],
      stateVersion: 1,
    });
    expect(await encryptionKey.read("k", outs)).toEqual({ id: "k", props: outs });
  });

  it("refuses a step in the update too, where a preview could not ask", async () => {
    const state = {
      name: "k",
      rotate: 2,
      previous: "keep",
      key: generateKey(),
      previousKey: generateKey(),
      retired: [],
    };
    const news = await checked(encryptionKey, { name: "k", rotate: 2, previous: "drop", servers: 3 });
    await encryptionKey.configure({ config: { get: () => undefined } });
    await expect(encryptionKey.update("k", state, news)).rejects.toThrow(
      'EK107 encryption key "k": previous key 1 cannot be dropped: it is not known what the servers run with (nats:servers is not set).',
    );
  });

  it("is deleted only where that is said", async () => {
    const props = { name: "k", key: generateKey() };
    process.env.HEADWATER_ALLOW_DELETE = "other";
    await expect(encryptionKey.delete("k", props)).rejects.toThrow(/^EK109 encryption key "k": is not deleted/);
    process.env.HEADWATER_ALLOW_DELETE = "other, k";
    await encryptionKey.delete("k", props);
    delete process.env.HEADWATER_ALLOW_DELETE;
  });
});

describe("certificate", () => {
  const args = { name: "c", usages: ["client"], validity: "90d", renewBefore: "30d" };

  it("is not made by an authority that ends before it could be renewed", async () => {
    const authority = await createAuthority({ commonName: "CA", validity: "10d" });
    const inputs = await checked(certificate, {
      ...args,
      authorityCertificate: authority.certificate,
      authorityKey: authority.key,
    });
    await expect(certificate.create(inputs)).rejects.toThrow(
      /^CT106 certificate "c": authority ends at \S+, within renewBefore "30d"\. Rotate the authority first: one more in rotate, with phase: "trust"\.$/,
    );
  });

  it("is renewed a third of its time before its end, where nothing else is said", async () => {
    expect((await checked(certificate, { ...args, renewBefore: undefined })).renewBefore).toBe("30d");
    expect((await checked(certificate, { ...args, validity: "1h", renewBefore: undefined })).renewBefore).toBe("20m");
  });
});
