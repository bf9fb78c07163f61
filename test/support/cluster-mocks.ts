import * as pulumi from "@pulumi/pulumi";

type Fields = Readonly<Record<string, unknown>>;

/** A resource as the engine is told of it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of the resource it belongs to. */
  readonly parent: string;
  readonly protect: boolean;
  /** `URN::ID` of the provider, where one is chosen. */
  readonly provider: string;
  readonly aliases: readonly string[];
  /** Names of what it waits for. */
  readonly dependsOn: readonly string[];
  /** Inputs with secrets as they are. */
  readonly inputs: Fields;
  /** Inputs as the engine gets them: secrets and what is not known are marked. */
  readonly sent: unknown;
  readonly read: boolean;
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What resources of Headwater make, recognizable in whatever it ends up in. */
const makes: Readonly<Record<string, (name: string) => Fields>> = {
  Password: (name) => ({ password: pulumi.secret(`SECRET password of ${name}`) }),
  EncryptionKey: (name) => ({
    key: pulumi.secret(`SECRET key of ${name}`),
    keyId: "id-of-key",
    previousKey: pulumi.secret(`SECRET previous key of ${name}`),
    previousKeyId: "id-of-previous",
  }),
  CertificateAuthority: (name) => ({ trustBundle: `authority ${name}`, key: pulumi.secret(`SECRET key of ${name}`) }),
  Certificate: (name) => ({ certificate: `certificate ${name}`, key: pulumi.secret(`SECRET key of ${name}`) }),
};

const base64 = (text: string) => Buffer.from(text).toString("base64");
/** What cert-manager would have written into the Secret of a Certificate. */
const ISSUED = {
  data: pulumi.secret({
    "ca.crt": base64("issuer's authority"),
    "tls.crt": base64("issued certificate"),
    "tls.key": base64("SECRET issued key"),
  }),
};

const last = (urn: string) => urn.split("::").at(-1) as string;

/** Runs a program without an engine; answers what it registers. `preview` is the first one: nothing exists yet. */
export async function runWithMocks(
  program: () => unknown,
  { preview = false, project = "shop", stack = "dev", config = {} as Record<string, string> } = {},
): Promise<Registered[]> {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        const made = preview ? {} : makes[type.split(":").at(-1) as string]?.(name);
        const { namespace, name: objectName } = (inputs.metadata ?? {}) as Record<string, string>;
        const ownId = id || (objectName ? `${namespace ? `${namespace}/` : ""}${objectName}` : `${name}-id`);
        const issued = id && id !== UNKNOWN ? ISSUED : {};
        return { id: preview ? undefined : ownId, state: { ...inputs, ...made, ...issued } };
      },
      call: () => ({}),
    },
    project,
    stack,
    preview,
  );
  pulumi.runtime.setAllConfig(config);
  record(registered);
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return registered;
}

function record(registered: Registered[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as Record<string, (req: never, done: never) => Promise<void>>;
  const { registerResource, readResource } = monitor;
  const note = (req: never, read: boolean) => {
    const each = requestOf(req);
    const sent = (read ? each.getProperties() : each.getObject()).toJavaScript();
    registered.push({
      type: each.getType(),
      name: each.getName(),
      parent: last(each.getParent()),
      protect: read ? false : each.getProtect(),
      provider: each.getProvider(),
      aliases: read ? [] : each.getAliasesList().map((alias) => alias.getSpec()?.getName() ?? ""),
      dependsOn: each.getDependenciesList().map(last),
      inputs: unwrap(sent) as Fields,
      sent,
      read,
    });
  };
  monitor.registerResource = (req, done) => {
    note(req, false);
    return registerResource?.call(monitor, req, done) as Promise<void>;
  };
  monitor.readResource = (req, done) => {
    note(req, true);
    return readResource?.call(monitor, req, done) as Promise<void>;
  };
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getProvider(): string;
  getAliasesList(): { getSpec(): { getName(): string } | undefined }[];
  getDependenciesList(): string[];
  getObject(): { toJavaScript(): unknown };
  getProperties(): { toJavaScript(): unknown };
}

const requestOf = (req: unknown) => req as Request;

const isMap = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isSecret = (value: unknown): value is { value: unknown } =>
  isMap(value) && SIGNATURE in value && "value" in value;

function unwrap(value: unknown): unknown {
  if (isSecret(value)) return unwrap(value.value);
  if (Array.isArray(value)) return value.map(unwrap);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item)])) : value;
}

/** Every text outside of secrets, keys included. */
export function plainTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (!isMap(value) || isSecret(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...plainTexts(item)]);
}

/** Paths of what is not known yet; what is within a secret counts. */
export function unknownPaths(value: unknown, path = ""): string[] {
  if (value === UNKNOWN) return [path];
  if (isSecret(value)) return unknownPaths(value.value, path);
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => unknownPaths(item, path ? `${path}.${key}` : key));
}
