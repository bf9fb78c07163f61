import { generateKeyPairSync } from "node:crypto";
import { nkeys } from "@nats-io/transport-node";
import { generate } from "selfsigned";
import { certificateFault, keyFault, seedFault } from "../../cli/login-files";

const text = (seed: Uint8Array) => new TextDecoder().decode(seed);

it("tells the seed of a user from everything else", () => {
  const seed = text(nkeys.createUser().getSeed());
  expect(seedFault(seed)).toBeUndefined();
  const typo = seed.replace(/.(?=.{9}$)/, (letter) => (letter === "A" ? "B" : "A"));
  for (const other of ["", typo, seed.slice(0, -1), text(nkeys.createAccount().getSeed())])
    expect(seedFault(other)).toBe("holds no seed of a user nkey (SU…)");
});

it("tells certificates and their keys from everything else", async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }]);
  expect([certificateFault(cert), keyFault(key)]).toEqual([undefined, undefined]);
  expect(certificateFault(`${cert}\n${cert}`)).toBeUndefined();
  expect(certificateFault(key)).toBe("holds no certificate in PEM");
  const cipher = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" } as const;
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: cipher,
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  for (const other of [cert, privateKey])
    expect(keyFault(other)).toBe("holds no private key in PEM without a passphrase");
});
