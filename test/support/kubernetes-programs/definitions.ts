import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";
import { apply, kubectl, missing } from "../kubernetes";

/** Custom resource definitions of another project: never in this repository, read from a file or a folder. */
export interface Definitions {
  /** Why they are not there, and how they can be; empty when they are. */
  readonly missing: string;
  /** Puts them into the cluster and waits until it serves them. */
  readonly install: () => Promise<void>;
}

/** NACK's: its `deploy/crds.yml`. */
export const nackDefinitions = definitionsAt("HEADWATER_NACK_CRDS", "deploy/crds.yml of NACK");

/** Argo Events': its `manifests/base/crds`. */
export const argoDefinitions = definitionsAt("HEADWATER_ARGO_CRDS", "manifests/base/crds of Argo Events");

function definitionsAt(variable: string, what: string): Definitions {
  const path = process.env[variable];
  const lacks = path && existsSync(path) ? "" : `no definitions: set ${variable} to ${what}`;
  return {
    missing: [missing.cluster, lacks].filter(Boolean).join("; "),
    install: async () => {
      const documents = yamlFiles(path as string).flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")));
      const objects = documents.map((document) => document.toJS() as KubernetesObject);
      await installDefinitions(objects.filter((object) => object?.kind === "CustomResourceDefinition"));
    },
  };
}

function yamlFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => join(path, name));
}

/** A definition that takes whatever it is given: for kinds whose own definition is not at hand. */
export function openDefinition(group: string, version: string, kind: string, plural: string): KubernetesObject {
  const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const schema = { openAPIV3Schema: { type: "object", properties: { spec: anything, status: anything } } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  };
}

/** Puts definitions into the cluster and waits until it serves them. */
export async function installDefinitions(objects: readonly KubernetesObject[]): Promise<void> {
  await apply(objects);
  const names = objects.map(({ metadata }) => `customresourcedefinition/${metadata.name}`);
  await kubectl("wait", "--for=condition=Established", "--timeout=60s", ...names);
}
