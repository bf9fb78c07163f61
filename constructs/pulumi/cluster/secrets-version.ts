import { scryptSync } from "node:crypto";
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
  // Whoever sees pods sees this: guessing a password from it has to be slow.
  return pulumi.unsecret(pulumi.all([...given])).apply((values) => {
    return scryptSync(JSON.stringify(values), secrets.secretName, 8).toString("hex");
  });
}

/** Values whose pods are replaced when the version changes. */
export function withSecretsVersion(values: Values, version: pulumi.Output<string> | undefined): Values {
  if (!version) return values;
  return mergeValues(values, {
    podTemplate: { merge: { metadata: { annotations: { [SECRETS_ANNOTATION]: version } } } },
  });
}
