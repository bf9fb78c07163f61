import type {
  BusStreamConfigSpec,
  EventBusSpec,
  ExoticEventBusSpec,
  NativeEventBusSpec,
} from "../../model/event-bus/event-bus-spec";
import type { Severity } from "../../model/finding";

/** An event bus as rules see it. Reading a field whose shape is wrong or that is not known yet throws. */
export interface EventBusView {
  readonly spec: EventBusSpec;
  /** Set where Argo runs the servers. */
  readonly native?: NativeEventBusSpec;
  /** Set where the servers exist already. */
  readonly exotic?: ExoticEventBusSpec;
  /** Servers of a native bus, the default filled in. */
  readonly servers: () => number;
  /** The stream as it is made, defaults filled in. */
  readonly stream: () => Required<BusStreamConfigSpec>;
}

/** What a rule found. */
export interface EventBusProblem {
  readonly field: string;
  /** Never a secret. */
  readonly value?: string | number | boolean;
  readonly problem: string;
  readonly remedy: string;
}

/** Judges one event bus. */
export interface EventBusRule {
  /** Stable code; one rule has one. */
  readonly code: string;
  readonly severity: Severity;
  /** What the rule holds, for the documentation. */
  readonly says: string;
  readonly find: (bus: EventBusView) => Iterable<EventBusProblem>;
}
