import * as pulumi from "@pulumi/pulumi";
import * as hw from "../../../index";

const registered = new Map<string, Record<string, unknown>>();
beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.set(name, inputs);
      return { id: `${name}-id`, state: inputs };
    },
    call: () => ({}),
  }),
);

/** The properties a provider is registered with. */
async function propertiesOf(name: string, args: hw.ProviderArgs): Promise<Record<string, unknown> | undefined> {
  const provider = new hw.Provider(name, args);
  await new Promise((resolve) => provider.urn.apply(resolve));
  return registered.get(name);
}

it("says how to reach servers as texts", async () => {
  const servers = pulumi.output(["tls://a:4222", "tls://b:4222"]);
  const portForward = { namespace: "messaging", service: pulumi.output("nats"), context: "eu", kubeconfig: "text" };
  expect(await propertiesOf("all", { servers, waitForServers: 3, credsFile: "user.creds", portForward })).toMatchObject(
    {
      "nats:servers": "tls://a:4222,tls://b:4222",
      "nats:waitForServers": "3",
      "nats:credsFile": "user.creds",
      "nats:portForward": "messaging/nats:4222",
      "nats:portForwardContext": "eu",
      "nats:portForwardKubeconfig": expect.objectContaining({ value: "text" }),
    },
  );
});

it("forwards nothing with false", async () => {
  const properties = await propertiesOf("none", { servers: "nats://a:4222", portForward: false });
  expect(Object.keys(properties ?? {}).filter((key) => key.startsWith("nats:"))).toEqual(["nats:servers"]);
});
