/** Versions of nats-server the controller's configuration has as it is installed, and what `latest` means there. */
export const BUS_VERSIONS: Readonly<Record<string, string>> = {
  latest: "2.10.29",
  "2.8.1": "2.8.1",
  "2.8.1-alpine": "2.8.1",
  "2.8.2": "2.8.2",
  "2.8.2-alpine": "2.8.2",
  "2.9.1": "2.9.1",
  "2.9.12": "2.9.12",
  "2.9.16": "2.9.16",
  "2.10.29": "2.10.29",
};

/** The version of nats-server a bus gets; `undefined` for one the installed controller does not know. */
export function busServerVersion(version: string): string | undefined {
  return Object.hasOwn(BUS_VERSIONS, version) ? BUS_VERSIONS[version] : undefined;
}
