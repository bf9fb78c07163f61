import { writeFileSync } from "node:fs";
import { semaphore } from "../../provider/semaphore";
import { editCases } from "../oracle/edits/all";
import { compare } from "../oracle/edits/compare";
import type { EditCase } from "../oracle/edits/edit-case";
import { type Lab, openLab } from "../oracle/edits/lab";
import { randomCases } from "../oracle/edits/random";
import { randomLimits } from "../oracle/edits/random-limits";
import { lineOf, type Tally, tallyOf } from "../oracle/edits/tally";
import { type Handled, handledCases, throughHandler } from "../oracle/edits/through-handler";
import { type Outcome, tryEdit } from "../oracle/edits/try-edit";
import { closeConnections } from "../support/handlers";
import { startCluster, startServer, type TestServer, urlsOf } from "../support/nats";
import { NEWEST, testVersions } from "../support/versions";

const versions = testVersions(NEWEST);
/** Pairs of edits per kind; other seeds find other pairs. */
const pairs = Number(process.env.HEADWATER_TEST_EDIT_PAIRS ?? 40);
const seed = Number(process.env.HEADWATER_TEST_EDIT_SEED ?? 1);

const alone = editCases.filter(({ cluster }) => !cluster);
const single = [...alone, ...randomCases(pairs, seed), ...randomLimits(pairs * 2, seed)];
const handled = handledCases(editCases);
const clustered = editCases.filter(({ cluster }) => cluster);

const tallies: Tally[] = [];
afterAll(() => {
  console.info(lineOf(tallies));
  const summary = process.env.HEADWATER_TEST_SUMMARY;
  if (summary) writeFileSync(summary, lineOf(tallies));
});

const apart = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const titleOf = ({ kind, field, title }: EditCase) => `${kind} ${field}: ${title}`;
const titled = (cases: readonly EditCase[]) => cases.map((one) => [titleOf(one), one] as const);

describe.each(versions)("nats-server %s", (version) => {
  const config = "server_tags: [ssd, disk]";
  const oneServer = () => startServer({ version, config }).then((server) => [server]);

  edits("one server", single, 32, oneServer);
  edits("a cluster", clustered, 12, () => startCluster({ version, config }));

  function edits(where: string, cases: readonly EditCase[], atOnce: number, start: () => Promise<TestServer[]>) {
    describe(`on ${where}, asked itself`, () => {
      const outcomes = inLab(start, version, cases, atOnce, tryEdit, (done) => tallies.push(tallyOf(done, version)));

      it.each(titled(cases))("%s", async (_, one) => {
        const outcome = await (outcomes.get(one) as Promise<Outcome>);
        const { problems } = compare(outcome, version);
        expect(problems).toEqual([]);
      });
    });
  }

  describe("through the handler", () => {
    const outcomes = inLab(oneServer, version, handled, 16, throughHandler);

    it.each(titled(handled))("%s", async (_, one) => {
      const outcome = await (outcomes.get(one) as Promise<Handled | undefined>);
      if (!outcome) return;
      const { against, refusal, ...rest } = outcome;
      for (const code of against) expect(refusal).toContain(`${code} ${one.kind}`);
      expect(rest).toEqual({ untouched: true, refusedAgain: undefined, kept: [], secondWrites: [] });
    });
  });
});

/** Starts all cases on servers of their own, so many at a time; the tests wait for theirs. */
function inLab<T>(
  start: () => Promise<TestServer[]>,
  version: string,
  cases: readonly EditCase[],
  atOnce: number,
  attempt: (lab: Lab, one: EditCase, apart: (milliseconds: number) => Promise<void>) => Promise<T>,
  finish: (done: readonly T[]) => void = () => {},
): ReadonlyMap<EditCase, Promise<T>> {
  const outcomes = new Map<EditCase, Promise<T>>();
  let servers: TestServer[] = [];
  beforeAll(async () => {
    servers = await start();
    const lab = await openLab(urlsOf(servers), version, servers.length > 1);
    const inQueue = semaphore(atOnce);
    for (const one of cases)
      outcomes.set(
        one,
        inQueue(() => attempt(lab, one, apart)),
      );
  });
  afterAll(async () => {
    const done = await Promise.allSettled(outcomes.values());
    finish(done.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
    await closeConnections();
    await Promise.all(servers.map((server) => server.stop()));
  });
  return outcomes;
}
