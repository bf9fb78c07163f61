import { App, Chart, type ChartProps, Testing } from "cdk8s";
import type { KubernetesObject } from "../../../render/kubernetes/kubernetes-object";

/** A chart of an app of its own. */
export const newChart = (id = "shop", props: ChartProps = {}): Chart => new Chart(new App(), id, props);

/** The objects of a chart. */
export const synth = (chart: Chart) => Testing.synth(chart) as KubernetesObject[];

/** What synthesizing a chart is refused for: one line each. */
export function problemsOf(chart: Chart): string[] {
  try {
    synth(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n  ").slice(1);
  }
}

/** Collects what is printed on standard error during each test. */
export function listen(): { readonly lines: string[] } {
  const lines: string[] = [];
  let spy: jest.SpyInstance;
  beforeEach(() => {
    lines.length = 0;
    spy = jest.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text).trimEnd()) > 0);
  });
  afterEach(() => spy.mockRestore());
  return { lines };
}
