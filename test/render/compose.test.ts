import type { ClusterSpec } from "../../model/cluster/cluster-spec";
import { composeFile } from "../../render/compose";
import { valueAt } from "../support/rendered-fields";

const spec: ClusterSpec = {
  name: "eu",
  size: 3,
  version: "2.14.5",
  lameDuck: { duration: "1m" },
  jetstream: { encryption: { key: { file: "key.txt" } } },
  accounts: { A: { users: [{ user: "a", password: { env: "A_PASSWORD" } }] } },
  tls: { client: { certFile: "tls/c.pem", keyFile: "/k.pem", caFile: "./a.pem", verify: true } },
  leafNodes: {
    remotes: [
      { urls: ["nats-leaf://hub:7422"], account: "A", credentials: { file: "hub.creds" } },
      { urls: ["nats-leaf://other:7422"], account: "A", user: "cash$", password: { value: "hush" } },
    ],
  },
};

describe("a compose file", () => {
  const { compose, files, variables } = composeFile(spec);

  it("has a service for each server", () => {
    expect(valueAt(compose, "services.eu-1")).toEqual({
      image: "nats:2.14.5-alpine",
      command: ["--config", "/etc/nats/nats.conf"],
      restart: "unless-stopped",
      environment: {
        HEADWATER_JETSTREAM_ENCRYPTION_KEY: '"${HEADWATER_JETSTREAM_ENCRYPTION_KEY:?is not set}"',
        HEADWATER_ACCOUNTS_A_USERS_0_PASSWORD: '"${A_PASSWORD:?is not set}"',
        HEADWATER_LEAFNODES_REMOTES_1_URL_0:
          '"nats-leaf://cash%24:${HEADWATER_LEAFNODES_REMOTES_1_PASSWORD:?is not set}@other:7422"',
      },
      ports: ["4322:4222", "8322:8222"],
      configs: [{ source: "eu-1", target: "/etc/nats/nats.conf" }],
      volumes: [
        "eu-1:/data",
        "./tls/c.pem:/etc/nats-certs/client/tls.crt:ro",
        "/k.pem:/etc/nats-certs/client/tls.key:ro",
        "./a.pem:/etc/nats-certs/client/ca.crt:ro",
        "./hub.creds:/etc/nats-creds/leaf-remote-0.creds:ro",
      ],
      healthcheck: {
        test: [
          "CMD",
          "wget",
          "--quiet",
          "--spider",
          "--no-check-certificate",
          "http://127.0.0.1:8222/healthz?js-server-only=true",
        ],
        interval: "5s",
        timeout: "3s",
        retries: 12,
        start_period: "10s",
      },
      stop_signal: "SIGUSR2",
      stop_grace_period: "90s",
    });
    expect(Object.keys(valueAt(compose, "volumes") as object)).toEqual(["eu-0", "eu-1", "eu-2"]);
    expect(valueAt(compose, "configs.eu-2")).toEqual({ file: "./eu-2.conf" });
  });

  it("gives each server its configuration", () => {
    expect(Object.keys(files)).toEqual(["eu-0.conf", "eu-1.conf", "eu-2.conf"]);
    expect(files["eu-2.conf"]).toContain('server_name: "eu-2"');
    expect(files["eu-2.conf"]).toContain('"nats://eu-0:6222"');
    expect(files["eu-2.conf"]).toContain('ca_file: "/etc/nats-certs/client/ca.crt"');
  });

  it("asks for every secret, and has none", () => {
    expect(variables).toEqual([
      "HEADWATER_JETSTREAM_ENCRYPTION_KEY",
      "A_PASSWORD",
      "HEADWATER_LEAFNODES_REMOTES_1_PASSWORD",
    ]);
    expect(JSON.stringify([compose, files])).not.toContain("hush");
  });
});
