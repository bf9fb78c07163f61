import { NEWEST } from "../../model/version";
import { unlessHidden } from "../../preflight/asset";
import { isMap } from "../../render/helm/chart-value";
import { flag } from "../options";
import { defineRule } from "../rule";
import type { ClusterAsset } from "../system";

/** Servers are what was tested, and change when somebody changes them. */
export const clusterVersionPinned = defineRule({
  id: "jetstream-cluster-version-pinned",
  title: "The version of the servers is written out",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "A tag such as latest means another server after the next restart of a pod: three servers of one cluster may run three versions, and what they store may be unreadable to the older ones. Without a version, the servers change when Headwater's default does.",
  fix: "Write version, such as 2.15.1, or the digest of the image.",
  topics: ["change management"],
  frameworks: ["ISO/IEC 27001:2022 A.8.9", "ISO/IEC 27001:2022 A.8.32", "SOC 2 CC8.1"],
  options: { digest: flag(false, "Ask for the digest of the servers' image: a tag can be moved.") },
  on: "cluster",
  example: {
    fails: { name: "nats", size: 3, image: { tag: "latest" } },
    passes: { name: "nats", size: 3, version: "2.15.1" },
  },
  *find({ spec }, { digest }) {
    const values = unlessHidden(() => spec.kubernetes?.extraValues ?? {});
    const whole = values && imagesIn(values).find(({ path }) => path.startsWith("container."));
    if (!whole?.replaces) yield* ownImage(spec, digest);
    for (const { path, image } of values ? imagesIn(values) : [])
      if (!isPinned(image) || (digest && path.startsWith("container.") && !DIGEST.test(image)))
        yield {
          field: `kubernetes.extraValues.${path}`,
          value: image,
          problem: `${JSON.stringify(image)} is another image when it is pulled again`,
          remedy: "Name a version or a digest.",
        };
    const chart = unlessHidden(() => spec.kubernetes?.chart?.version);
    if (chart !== undefined && !EXACT.test(chart))
      yield {
        field: "kubernetes.chart.version",
        value: chart,
        problem: `${JSON.stringify(chart)} is no single version`,
        remedy: 'Write one, such as "2.14.2".',
      };
  },
});

const EXACT = /^v?\d+\.\d+\.\d+(?![\d.])[-+.\w]*$/;
const DIGEST = /@sha256:[0-9a-f]{64}$/;

function* ownImage(spec: ClusterAsset["spec"], needsDigest: boolean) {
  const image = unlessHidden(() => spec.image ?? {});
  if (!image || unlessHidden(() => image.digest !== undefined) !== false) return;
  if (needsDigest) {
    yield { field: "image.digest", problem: "is not set: a tag can be moved", remedy: "Set the digest of the image." };
    return;
  }
  const tag = unlessHidden(() => ({ text: image.tag }));
  if (!tag) return;
  if (tag.text !== undefined && !EXACT.test(tag.text))
    yield { field: "image.tag", value: tag.text, problem: `${JSON.stringify(tag.text)} is a tag that moves` };
  if (tag.text === undefined && unlessHidden(() => spec.version === undefined))
    yield { field: "version", problem: `is not set: it is what Headwater has as default, ${NEWEST} now` };
}

/** True for an image with a version or a digest. */
function isPinned(image: string): boolean {
  const [, tag = image] = /:([^/:@]+)$/.exec(image) ?? [];
  return DIGEST.test(image) || EXACT.test(tag);
}

interface NamedImage {
  readonly path: string;
  readonly image: string;
  /** The whole image, whatever else is said of it. */
  readonly replaces: boolean;
}

const CONTAINERS = ["container", "reloader", "promExporter", "natsBox.container"];

// What the chart has itself goes with the chart's version.
function imagesIn(values: Readonly<Record<string, unknown>>): NamedImage[] {
  return CONTAINERS.flatMap((path): NamedImage[] => {
    const container = path.split(".").reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), values);
    if (!isMap(container)) return [];
    const merged = isMap(container.merge) ? container.merge.image : undefined;
    const image = isMap(container.image) ? container.image : {};
    if (typeof merged === "string") return [{ path: `${path}.merge.image`, image: merged, replaces: true }];
    if (typeof image.fullImageName === "string")
      return [{ path: `${path}.image.fullImageName`, image: image.fullImageName, replaces: true }];
    if (typeof image.digest === "string" || typeof image.tag !== "string") return [];
    return [{ path: `${path}.image.tag`, image: image.tag, replaces: false }];
  });
}
