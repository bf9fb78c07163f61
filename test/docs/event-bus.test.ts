import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { editedValues, eventBusChangeCodes } from "../../changes/event-bus/event-bus-change";
import { planEventBusChange } from "../../changes/event-bus/plan-event-bus-change";
import { sensorConsumer, sensorDependency } from "../../model/event-bus/sensor";
import { folderWith, headwater } from "../support/cli";

const text = readFileSync(join(resolve(__dirname, "../.."), "docs/event-bus.md"), "utf8");

describe("docs/event-bus.md", () => {
  it("shows what the command prints", async () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] as string;
    const { code, stdout } = await headwater(["check", "bus.yaml"], { cwd: folderWith({ "bus.yaml": example }) });
    expect(text).toContain(`$ headwater check bus.yaml\n${stdout}`);
    expect(code).toBe(0);
  });

  it("shows what the functions give", () => {
    const dependency = { name: "test-dep", eventSourceName: "webhook", eventName: "example" } as const;
    const spaced = (value: unknown) =>
      JSON.stringify(value)
        .replace(/"(\w+)":/g, "$1: ")
        .replace(/,/g, ", ")
        .replace(/\{/g, "{ ")
        .replace(/\}/g, " }");
    expect(text).toContain(`// ${spaced(sensorDependency({ ...dependency, deliverPolicy: "all" }))}`);
    const {
      ackPolicy: _,
      maxAckPending: __,
      ...consumer
    } = sensorConsumer({
      sensor: "example",
      trigger: "http-trigger",
      dependency,
    });
    expect(text).toContain(`// ${spaced(consumer).replace(/ \}$/, ", … }")}`);
  });

  it("shows the message of an edit", () => {
    const bus = { type: "native", name: "default", version: "2.10.29" } as const;
    const [change] = planEventBusChange(bus, { ...bus, streamConfig: { maxAge: "1d" } });
    if (!change) throw new Error("no change");
    const meaning = eventBusChangeCodes[change.code].replace(/\.$/, "");
    expect(text).toContain(
      `${change.code} event bus "default": ${change.field} cannot change${editedValues(change)}: ${meaning}. Keep it, …`,
    );
  });
});
