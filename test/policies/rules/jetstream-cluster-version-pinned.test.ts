import { clusterVersionPinned } from "../../../policies/rules/jetstream-cluster-version-pinned";
import { messages, UNKNOWN } from "../support/judge";

const of = (fields: object, config?: object) =>
  messages(clusterVersionPinned, ({ cluster }) => Object.assign(cluster, fields), { config: config as never });
const FIX = "Write version, such as 2.15.1, or the digest of the image.";
const says = (text: string) => [`jetstream-cluster-version-pinned cluster "nats": ${text}`];
const digest = `sha256:${"a".repeat(64)}`;
const image = (fields: object) => of({ version: undefined, image: fields });

it("accepts a version, a whole tag and a digest", () => {
  expect(of({})).toEqual([]);
  for (const tag of ["2.15.1", "2.15.1-alpine", "2.15.1-alpine3.22", "v2.15.1"]) expect(image({ tag })).toEqual([]);
  expect(image({ digest })).toEqual([]);
  expect(image({ digest, tag: "latest" })).toEqual([]);
});

it.each([1, 3, 5])("reports %s servers without a version", (size) => {
  expect(of({ size, version: undefined })).toEqual(
    says(`version is not set: it is what Headwater has as default, 2.15.1 now. ${FIX}`),
  );
});

it.each(["latest", "alpine", "2", "2.15", "2.15-alpine", "nightly"])("reports tag %s", (tag) => {
  const text = says(`image.tag "${tag}" is a tag that moves. ${FIX}`);
  expect(image({ tag })).toEqual(text);
  expect(of({ image: { tag } })).toEqual(text);
});

it("can ask for a digest", () => {
  expect(of({}, { digest: true })).toEqual(
    says("image.digest is not set: a tag can be moved. Set the digest of the image."),
  );
  expect(image({ digest })).toEqual([]);
  expect(of({ image: { digest } }, { digest: true })).toEqual([]);
});

it("knows images among the chart's values, and versions of the chart", () => {
  const values = (extraValues: object) => of({ kubernetes: { extraValues } });
  const moves = (path: string, name: string) =>
    says(
      `kubernetes.extraValues.${path} "${name}" is another image when it is pulled again. Name a version or a digest.`,
    );
  expect(values({ container: { image: { fullImageName: "nats:latest" } } })).toEqual(
    moves("container.image.fullImageName", "nats:latest"),
  );
  expect(values({ reloader: { image: { tag: "latest" } } })).toEqual(moves("reloader.image.tag", "latest"));
  expect(values({ promExporter: { image: { tag: "0.20" } } })).toEqual(moves("promExporter.image.tag", "0.20"));
  expect(
    values({ reloader: { image: { tag: "0.23.0" } }, natsBox: { container: { merge: { image: "box" } } } }),
  ).toEqual(moves("natsBox.container.merge.image", "box"));
  expect(values({ container: { image: { fullImageName: `localhost:5000/nats@${digest}` } } })).toEqual([]);
  expect(of({ kubernetes: { chart: { version: "^2" } } })).toEqual(
    says('kubernetes.chart.version "^2" is no single version. Write one, such as "2.14.2".'),
  );
});

it("judges what is known beside what is not known yet", () => {
  expect(of({ version: UNKNOWN })).toEqual([]);
  expect(of({ version: UNKNOWN, image: { tag: "latest" } })).toHaveLength(1);
  expect(image({ registry: UNKNOWN, tag: "latest" })).toHaveLength(1);
  expect(image({ tag: UNKNOWN })).toEqual([]);
  expect(image({ digest: UNKNOWN })).toEqual([]);
  expect(of({ version: undefined, kubernetes: UNKNOWN })).toHaveLength(1);
});
