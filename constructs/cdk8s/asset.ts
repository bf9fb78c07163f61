import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { Finding, SpecKind } from "../../model/finding";
import { checkSpec } from "../../preflight/check-spec";
import type { NackConnection } from "../../render/nack/connection";
import { metadataName } from "../../render/nack/metadata-name";
import { type NackOptions, toNack } from "../../render/nack/to-nack";
import { accountKey, connectionOf } from "./connection";
import { type Defaults, defaultsOf, known } from "./defaults";
import type { Entry } from "./entry";
import { judgeEdit } from "./judge-edit";
import { previousAssets } from "./previous";
import type { ManagedProps } from "./props";
import { register, registryOf } from "./registry";

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
    const identity = { kind, namespace: namespace ?? "", name: resource?.name ?? metadataName({ kind, spec }) };
    const account = accountKey(this.connection, namespace);
    const previous = told.previous === undefined ? undefined : previousAssets(told.previous, registryOf(this).previous);
    const asset = { kind, spec, shape: checkSpec(kind, spec), ...(waive !== undefined && { waive }) };
    const entry: Entry = {
      construct: this,
      findings: [],
      account,
      assets: [asset],
      server,
      previous,
      resource: identity,
    };
    if (asset.shape.length > 0) {
      // There is nothing to render: what is wrong with its shape ends the synthesis.
      register(entry);
      return;
    }
    const edit = judgeEdit({ asset, account, previous, allow, updates, server: server?.version });
    const options = {
      ...resource,
      name: identity.name,
      namespace,
      connection: this.connection,
      onDelete,
      updates,
      waive,
    };
    const findings = this.#write(kind, spec, { ...options, judged: edit.judged });
    if (Construct.isConstruct(connection)) this.node.addDependency(connection);
    register({ ...entry, findings: [...findings, ...edit.findings] });
  }

  #write(kind: SpecKind, spec: Fields, options: NackOptions): readonly Finding[] {
    const { object, findings } = toNack(kind, spec, options);
    new ApiObject(this, "Resource", object);
    return findings;
  }
}
