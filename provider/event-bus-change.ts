import { judgeEventBusEdit } from "../changes/event-bus/judge-event-bus-edit";
import type { Acknowledgment } from "../model/acknowledgment";
import type { EventBusSpec } from "../model/event-bus/event-bus-spec";
import { type Finding, throwFindings } from "../model/finding";
import { isUnknown } from "../model/unknowns";
import { createSystemHandler } from "./cluster/system-handler";
import type { Fields } from "./driver";

/** Stands before an EventBus: an edit that Argo or Kubernetes refuses, or that loses events unasked, ends here. */
export const eventBusChange = createSystemHandler({
  judge: (olds, news) => (isUnknown(news.spec) ? [] : judgeEdit(olds, news)),
  compared: ["spec"],
  create: async () => {},
  update: async (_, olds, news) => throwFindings(judgeEdit(olds, news)),
});

function judgeEdit(olds: Fields, news: Fields): Finding[] {
  if (!olds.spec) return [];
  const [from, to] = [olds.spec, news.spec] as readonly unknown[] as [EventBusSpec, EventBusSpec];
  const allow = Array.isArray(news.allow) ? (news.allow as Acknowledgment[]) : [];
  return judgeEventBusEdit(from, to, allow);
}
