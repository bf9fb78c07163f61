import { Chart, type ChartProps } from "cdk8s";
import type { Construct } from "constructs";
import { Account, ProvisioningJob, Topology } from "headwater/cdk8s";
import { persistenceTopology, type Scale } from "./persistence-topology";

/** What differs between the environments of a chart. */
export interface PersistenceChartProps extends ChartProps, Scale {
  /** The servers, as pods reach them: `nats://nats.persistence:4222`. */
  readonly servers: readonly string[];
  /** The Secret with the password of the user `deploy`, under `password`; with his name under `user` for NACK. */
  readonly secret: string;
  /**
   * Manifests that were rendered before: edits are judged beside them.
   * @default - not known: NACK makes no edit
   */
  readonly previous?: string;
}

/** The persistence design as resources of NACK. */
export class PersistenceNack extends Chart {
  constructor(scope: Construct, id: string, props: PersistenceChartProps) {
    const { servers, secret, previous, maxReplicas, sizeFactor, ...chart } = props;
    super(scope, id, chart);
    const user = { secretName: secret, userKey: "user", passwordKey: "password" };
    const connection = new Account(this, "account", { name: "persistence", servers, user });
    new Topology(this, "design", { ...persistenceTopology({ maxReplicas, sizeFactor }), connection, previous });
  }
}

/** The persistence design as a job, where there is no NACK. */
export class PersistenceJob extends Chart {
  constructor(scope: Construct, id: string, props: PersistenceChartProps & { readonly image: string }) {
    const { servers, secret, image, maxReplicas, sizeFactor, ...chart } = props;
    super(scope, id, chart);
    new ProvisioningJob(this, "persistence", {
      topology: persistenceTopology({ maxReplicas, sizeFactor }),
      image,
      servers,
      login: { user: "deploy", password: { secretName: secret, key: "password" } },
      owner: "headwater-persistence/job",
    });
  }
}
