import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";

type Sdk = typeof import("@pulumi/kubernetes");

/** Loads `@pulumi/kubernetes`, which only those install who deploy clusters. */
export function kubernetesSdk(component = "NatsCluster"): Sdk {
  try {
    return require("@pulumi/kubernetes") as Sdk;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new pulumi.RunError(
      `${component} needs @pulumi/kubernetes. Run \`npm i @pulumi/kubernetes @kubernetes/client-node\`.`,
    );
  }
}

type Register = (name: string, object: KubernetesObject, opts: pulumi.CustomResourceOptions) => pulumi.CustomResource;

// An object is complete, as a manifest: the SDK's types of arguments say more than is known here.
const kinds: Readonly<Record<string, (sdk: Sdk) => Register>> = {
  ConfigMap: (sdk) => (name, object, opts) => new sdk.core.v1.ConfigMap(name, object as never, opts),
  Service: (sdk) => (name, object, opts) => new sdk.core.v1.Service(name, object as never, opts),
  PodDisruptionBudget: (sdk) => (name, object, opts) =>
    new sdk.policy.v1.PodDisruptionBudget(name, object as never, opts),
  StatefulSet: (sdk) => (name, object, opts) => new sdk.apps.v1.StatefulSet(name, object as never, opts),
};

/** Registers an object as the resource of its kind; what has none is a custom resource. */
export function registerObject(name: string, object: KubernetesObject, opts: pulumi.CustomResourceOptions) {
  const sdk = kubernetesSdk();
  const register = kinds[object.kind]?.(sdk);
  return register?.(name, object, opts) ?? new sdk.apiextensions.CustomResource(name, object as never, opts);
}
