import { semaphore } from "../../provider/semaphore";
import { editCases } from "../oracle/edits/all";
import { compare } from "../oracle/edits/compare";
import type { EditCase } from "../oracle/edits/edit-case";
import { openLab } from "../oracle/edits/lab";
import { lineOf, type Tally, tallyOf } from "../oracle/edits/tally";
import { type Outcome, tryEdit } from "../oracle/edits/try-edit";
import { closeConnections } from "../support/handlers";
import { startCluster, startServer, type TestServer, urlsOf } from "../support/nats";

const versions = (process.env.HEADWATER_TEST_VERSIONS ?? "2.15.1").split(",");
const tallies: Tally[] = [];
afterAll(() => console.info(lineOf(tallies)));

const apart = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const titleOf = ({ kind, field, title }: EditCase) => `${kind} ${field}: ${title}`;

describe.each(versions)("nats-server %s", (version) => {
  describe.each([
    ["one server", false, 32],
    ["a cluster", true, 8],
  ] as const)("%s", (_, cluster, atOnce) => {
    const cases = editCases.filter((one) => (one.cluster ?? false) === cluster);
    const outcomes = new Map<EditCase, Promise<Outcome>>();
    let servers: TestServer[];
    beforeAll(async () => {
      const config = "server_tags: [ssd]";
      servers = cluster ? await startCluster({ version, config }) : [await startServer({ version, config })];
      const lab = await openLab(urlsOf(servers), version, cluster);
      const inQueue = semaphore(atOnce);
      for (const one of cases)
        outcomes.set(
          one,
          inQueue(() => tryEdit(lab, one, apart)),
        );
    });
    afterAll(async () => {
      const done = await Promise.all(outcomes.values());
      tallies.push(tallyOf(done, version));
      await closeConnections();
      await Promise.all(servers.map((server) => server.stop()));
    });

    it.each(cases.map((one) => [titleOf(one), one] as const))("%s", async (_, one) => {
      const outcome = await (outcomes.get(one) as Promise<Outcome>);
      expect(compare(outcome, version).problems).toEqual([]);
    });
  });
});
