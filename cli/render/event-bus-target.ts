import {
  checkEventBusAllow,
  judgeEventBusEdit,
  judgeEventBusRemoval,
} from "../../changes/event-bus/judge-event-bus-edit";
import type { Acknowledgment } from "../../model/acknowledgment";
import { type LocatedEventBus, readEventBuses } from "../../model/event-bus/event-bus-file";
import type { LocatedFinding } from "../../model/place";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { asRendered, type RenderedBuses, removedBuses, renderedBuses } from "../../render/event-bus/rendered-buses";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { Trouble } from "../exit-codes";
import { readPrevious } from "./read-previous";
import { isError, type Target } from "./target";

/** Event buses as Argo Events takes them, edits of them judged against what was rendered before. */
export const eventBusTarget: Target = {
  renders: "event buses",
  says: "EventBus objects of Argo Events",
  options: ["previous"],
  render: async ({ file, sources }, { previous }, io) => {
    const { buses, findings } = readEventBuses(sources);
    if (buses.length === 0 && findings.length === 0)
      throw new Trouble(`${file} declares no event bus. Add a document with kind: EventBus.`);
    const found = [
      ...findings,
      ...buses.flatMap(({ name, spec, allow, locate }) =>
        locate([...preflightEventBus(spec), ...checkEventBusAllow(name, allow)]),
      ),
    ];
    if (found.some(isError)) return { files: [], findings: found };
    const edits = previous === undefined ? [] : judge(buses, renderedBuses(await readPrevious(previous, io)));
    return {
      files: [{ path: "event-bus.yaml", documents: buses.map(({ spec }) => toEventBus(spec)) }],
      findings: [...found, ...edits],
    };
  },
};

function judge(buses: readonly LocatedEventBus[], previous: RenderedBuses): LocatedFinding[] {
  const edits = buses.flatMap(({ spec, allow, locate }) => {
    const before = previous.find(spec);
    return before ? locate(judgeEventBusEdit(before, asRendered(spec), allow as readonly Acknowledgment[])) : [];
  });
  return [
    ...edits,
    ...removedBuses(
      previous,
      buses.map(({ spec }) => spec),
    ).flatMap(judgeEventBusRemoval),
  ];
}
