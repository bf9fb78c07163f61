import { ApiObject, Chart, Lazy } from "cdk8s";
import { Construct } from "constructs";
import type { SpecKind } from "../../model/finding";
import { checkSpec } from "../../preflight/check-spec";
import { accountKey, type NackConnection } from "../../render/nack/connection";
import { metadataName } from "../../render/nack/metadata-name";
import { NACK_API_VERSION, nackKinds } from "../../render/nack/nack-kinds";
import { type NackOptions, nackMetadata } from "../../render/nack/to-nack";
import { checkTold } from "./check-told";
import { connectionOf } from "./connection";
import { defaultsOf, known } from "./defaults";
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
    const { name = id, connection, onDelete, updates, allow, waive, resource, ...fields } = props ?? {};
    const spec: Fields = { ...known({ ...fields, ...extra }), name };
    const own = known({ connection, onDelete, updates, allow, resource });
    const { told, findings } = checkTold(kind, name, { ...defaultsOf(this), ...own });
    this.name = name;
    this.connection = connectionOf(told.connection);
    const namespace = told.resource?.namespace ?? Chart.of(this).namespace;
    const resourceName = told.resource?.name ?? metadataName({ kind, spec });
    const options: NackOptions = {
      ...told.resource,
      name: resourceName,
      namespace,
      connection: this.connection,
      onDelete: told.onDelete,
      updates: told.updates,
      waive,
    };
    const previous = told.previous === undefined ? undefined : previousAssets(told.previous, registryOf(this).previous);
    register({
      construct: this,
      findings,
      account: accountKey(this.connection, namespace),
      assets: [{ kind, spec, shape: checkSpec(kind, spec), ...(waive !== undefined && { waive }) }],
      managed: { options, allow: told.allow, previous },
      server: told.server,
      resource: { kind, namespace: namespace ?? "", name: resourceName },
    });
    this.#write(kind, spec, options);
    if (Construct.isConstruct(told.connection)) this.node.addDependency(told.connection);
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
