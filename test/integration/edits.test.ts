import { semaphore } from "../../provider/semaphore";
import { editCases } from "../oracle/edits/all";
import { compare } from "../oracle/edits/compare";
import type { EditCase } from "../oracle/edits/edit-case";
import { type Lab, openLab } from "../oracle/edits/lab";
import { type Outcome, tryEdit } from "../oracle/edits/try-edit";
import { closeConnections } from "../support/handlers";
import { startServer, type TestServer } from "../support/nats";

const versions = (process.env.HEADWATER_TEST_VERSIONS ?? "2.15.1,2.10.29").split(",");
const cases: readonly EditCase[] = editCases.filter(({ cluster }) => !cluster);

const inQueue = semaphore(24);
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe.each(versions)("nats-server %s", (version) => {
  let server: TestServer;
  let lab: Lab;
  const outcomes = new Map<EditCase, Promise<Outcome>>();
  beforeAll(async () => {
    server = await startServer({ version });
    lab = await openLab(server.url, version, false);
    for (const one of cases)
      outcomes.set(
        one,
        inQueue(() => tryEdit(lab, one, pause)),
      );
  });
  afterAll(async () => {
    await closeConnections();
    await server.stop();
  });
  it.each(cases.map((one) => [`${one.kind} ${one.field} ${one.title}`, one] as const))("%s", async (_, one) => {
    const outcome = await (outcomes.get(one) as Promise<Outcome>);
    expect(compare(outcome, version).problems).toEqual([]);
  });
});
