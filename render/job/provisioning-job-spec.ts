import { z } from "zod";
import { secretKeySchema } from "../../model/cluster/secret-source";
import type { DeepReadonly } from "../../model/deep-readonly";
import { parseDuration } from "../../model/units";

const text = (what: string) => z.string(`must be ${what}`).min(1, `must be ${what}`);
const whole = (least: number) => {
  const message = `must be a whole number of at least ${least}`;
  return z.int(message).min(least, message);
};
const texts = z.record(z.string(), z.string("must be a text"), "must be a map of texts");
// k8s.io/apimachinery pkg/util/validation IsValidLabelValue.
const LABEL = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const labels = z.record(
  z.string(),
  z
    .string("must be a text")
    .regex(LABEL, "must have at most 63 letters, digits, hyphens, dots and underscores, as a label of Kubernetes"),
  "must be a map of texts",
);
const QUANTITY = /^\d+(\.\d+)?([mkMGTPE]|[KMGTPE]i)?$/;
const amount = (like: string) =>
  z.string(`must be an amount such as ${like}`).regex(QUANTITY, `must be an amount such as ${like}`);
const quantities = z.strictObject({
  /** Processor time, such as `100m`. @default - none */
  cpu: amount("100m").optional(),
  /** Memory, such as `128Mi`. @default - none */
  memory: amount("128Mi").optional(),
});
const word = (what: string) => z.string(`must be ${what}`).regex(/^[^\s-]\S*$/, `must be ${what}`);
const duration = z
  .string("must be a duration such as 30s")
  .refine((value) => (parseDuration(value) ?? 0n) > 0n, "must be a duration such as 30s");

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** How the job logs in: one of a password, a credentials file, a seed and a token, always keys of a Secret. */
export const jobLoginSchema = z.union(
  [
    z.strictObject({ user: text("the name of a user"), password: secretKeySchema }),
    z.strictObject({ creds: secretKeySchema }),
    z.strictObject({ nkey: secretKeySchema }),
    z.strictObject({ token: secretKeySchema }),
  ],
  "must be one of { user, password }, { creds }, { nkey } and { token }, with keys of a Secret",
);

/** What a provisioning job is told. */
export const provisioningJobSchema = z.strictObject({
  /** Begins the names of everything that is made: small letters, digits and hyphens, at most 40. */
  name: z
    .string("must be a name")
    .regex(DNS_LABEL, "must be small letters, digits and hyphens, with a letter or digit at both ends")
    .max(40, "must have at most 40 characters"),
  /**
   * Namespace of the objects; the Secrets must be there.
   * @default - where the manifests are applied
   */
  namespace: z.string("must be a name").regex(DNS_LABEL, "must be the name of a namespace").max(63).optional(),
  /** Image that runs `headwater`, with its tag or digest: built from the Dockerfile of the package. */
  image: word("an image with its tag or digest"),
  /** @default - what Kubernetes does for the tag */
  imagePullPolicy: z.enum(["Always", "IfNotPresent", "Never"], "must be Always, IfNotPresent or Never").optional(),
  /** Secrets to pull the image with. @default - none */
  imagePullSecrets: z.array(word("the name of a Secret"), "must be a list").optional(),
  /** The servers to connect to: `nats://eu.nats:4222`. */
  servers: z.array(word("the URL of a server"), "must be a list of URLs").min(1, "must name a server"),
  /** @default - no login */
  login: jobLoginSchema.optional(),
  /** Certificates, as keys of Secrets. @default - the authorities the image trusts, no client certificate */
  tls: z
    .strictObject({
      /** Certificate of the authority to trust. @default - those the image trusts */
      ca: secretKeySchema.optional(),
      /** Client certificate. @default - none */
      cert: secretKeySchema.optional(),
      /** Key of the client certificate. @default - none */
      key: secretKeySchema.optional(),
    })
    .optional(),
  /** JetStream domain. @default - none */
  domain: text("the name of a domain").optional(),
  /** Inbox for replies, where the user may not subscribe to every one. @default _INBOX */
  inboxPrefix: text("a subject").optional(),
  /** `PROJECT/STACK` of the stamp on everything the job makes. @default headwater/apply */
  owner: text("PROJECT/STACK").optional(),
  /** Delete what carries the owner's stamp and is declared no longer; empty streams only. Needs `owner`. @default false */
  prune: z.boolean("must be true or false").optional(),
  /** Take over assets that exist and carry no stamp. @default false */
  adopt: z.boolean("must be true or false").optional(),
  /** Longest wait for the server, such as `30s`. @default - 10s to connect, 30s to answer */
  timeout: duration.optional(),
  /** How often a pod that failed is followed by another one. 0 and more. @default 6 */
  backoffLimit: whole(0).optional(),
  /** Seconds after which all pods together are ended. 1 and more. @default 600 */
  activeDeadlineSeconds: whole(1).optional(),
  /**
   * Seconds after which a job that ended is removed. 0 and more. A removed job is run again by whoever applies the same
   * manifests again, which changes nothing on the servers.
   * @default - it stays
   */
  ttlSecondsAfterFinished: whole(0).optional(),
  /** @default - requests of 50m and 128Mi, a limit of 512Mi of memory, enough for 1 MiB of topology */
  resources: z
    .strictObject({
      /** @default - none */
      requests: quantities.optional(),
      /** @default - none */
      limits: quantities.optional(),
    })
    .optional(),
  /** Labels on everything. @default - those of the name */
  labels: labels.optional(),
  /** Annotations on everything. @default - none */
  annotations: texts.optional(),
});

/** What a provisioning job is told, the topology aside. */
export type ProvisioningJobSettings = DeepReadonly<z.infer<typeof provisioningJobSchema>>;
