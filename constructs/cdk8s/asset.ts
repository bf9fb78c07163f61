import { ApiObject, Chart, Lazy } from "cdk8s";
import { Construct } from "constructs";
import type { SpecKind } from "../../model/finding";
import { checkSpec } from "../../preflight/check-spec";
import { accountKey, type NackConnection } from "../../render/nack/connection";
import { metadataName } from "../../render/nack/metadata-name";
import { NACK_API_VERSION, nackKinds } from "../../render/nack/nack-kinds";
import { type NackOptions, nackMetadata } from "../../render/nack/to-nack";
import { connectionOf } from "./connection";
import { type Defaults, defaultsOf, known } from "./defaults";
import { previousAssets } from "./previous";
import type { ManagedProps } from "./props";
import { register, registryOf, renderedSpec } from "./registry";

type Fields = Readonly<Record<string, unknown>>;

/** A stream, consumer or bucket of an app, as a resource of NACK. */
export abstract class Asset extends Construct {
  /** Name on the server. */
  readonly name: string;
  /** How its resource reaches the servers; none is the controller's own connection. */
  readonly connection: NackConnection | undefined;

  constructor(scope: Construct, id: string, kind: SpecKind, props: ManagedProps, extra: Fields = {}) {
    super(scope, id);
    const { name = id, connection: _, onDelete: __, updates: ___, allow, waive, resource, ...fields } = props ?? {};
    const spec: Fields = { ...known({ ...fields, ...extra }), name };
    const told = { ...defaultsOf(this), ...known(props ?? {}) } as Defaults;
    const { onDelete, updates, server, connection } = told;
    this.name = name;
    this.connection = connectionOf(connection);
    const namespace = resource?.namespace ?? Chart.of(this).namespace;
    const resourceName = resource?.name ?? metadataName({ kind, spec });
    const options: NackOptions = {
      ...resource,
      name: resourceName,
      namespace,
      connection: this.connection,
      onDelete,
      updates,
      waive,
    };
    const previous = told.previous === undefined ? undefined : previousAssets(told.previous, registryOf(this).previous);
    register({
      construct: this,
      findings: [],
      account: accountKey(this.connection, namespace),
      assets: [{ kind, spec, shape: checkSpec(kind, spec), ...(waive !== undefined && { waive }) }],
      managed: { options, allow, previous },
      server,
      resource: { kind, namespace: namespace ?? "", name: resourceName },
    });
    this.#write(kind, spec, options);
    if (Construct.isConstruct(connection)) this.node.addDependency(connection);
  }

  // What is written hangs on the other assets of the account, which are known when the app is synthesized.
  #write(kind: SpecKind, spec: Fields, options: NackOptions): void {
    new ApiObject(this, "Resource", {
      apiVersion: NACK_API_VERSION,
      kind: nackKinds[kind],
      metadata: nackMetadata(kind, spec, options),
      spec: Lazy.any({ produce: () => renderedSpec(this) }),
    });
  }
}
