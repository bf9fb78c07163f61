import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { mergeValues, type Values } from "../../../render/helm/chart-value";
import { SECRETS_ANNOTATION } from "../../../render/helm/pod-values";
import type { ClusterSecrets } from "./cluster-secrets";

/**
 * Changes whenever a value a program gave does: servers read variables when they start, so pods have to be replaced. What is
 * made here never changes under its key. `undefined` where no value was given, so that everything is known in a preview.
 */
export function secretsVersion(secrets: ClusterSecrets): pulumi.Output<string> | undefined {
  const given = secrets.given();
  if (given.length === 0) return undefined;
  return pulumi.unsecret(pulumi.all([...given])).apply((values) => {
    const hash = createHash("sha256").update("headwater secrets\n");
    for (const value of values) hash.update(`${value.length}:${value}`);
    return hash.digest("hex").slice(0, 16);
  });
}

/** Values whose pods are replaced when the version changes. */
export function withSecretsVersion(values: Values, version: pulumi.Output<string> | undefined): Values {
  if (!version) return values;
  return mergeValues(values, {
    podTemplate: { merge: { metadata: { annotations: { [SECRETS_ANNOTATION]: version } } } },
  });
}
