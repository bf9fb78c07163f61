import { readEventBuses } from "../../model/event-bus/event-bus-file";
import { preflightEventBus } from "../../preflight/event-bus/preflight-event-bus";
import { toEventBus } from "../../render/event-bus/to-event-bus";
import { Trouble } from "../exit-codes";
import { isError, type Target } from "./target";

/** Event buses as Argo Events takes them. */
export const eventBusTarget: Target = {
  renders: "event buses",
  says: "EventBus objects of Argo Events",
  options: [],
  render: ({ file, sources }) => {
    const { buses, findings } = readEventBuses(sources);
    if (buses.length === 0 && findings.length === 0)
      throw new Trouble(`${file} declares no event bus. Add a document with kind: EventBus.`);
    const found = [...findings, ...buses.flatMap(({ spec, locate }) => locate(preflightEventBus(spec)))];
    if (found.some(isError)) return { files: [], findings: found };
    return {
      files: [{ path: "event-bus.yaml", documents: buses.map(({ spec }) => toEventBus(spec)) }],
      findings: found,
    };
  },
};
