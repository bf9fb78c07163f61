const Table = require("cli-table3");

const STYLE = { head: process.stdout.isTTY ? ["cyan"] : [], border: [] };

function table(head, rows) {
  const numbers = head.map((_, i) => (rows.some((row) => typeof row[i] === "number") ? "right" : "left"));
  const made = new Table({ head, style: STYLE, colAligns: numbers });
  made.push(...rows.map((row) => row.map((value) => (typeof value === "number" ? number(value) : value))));
  return made.toString();
}

function number(value) {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
}

const PHASES = {
  create: "create",
  unchanged: "up, no change",
  refresh: "refresh",
  change: "change 10 %",
  destroy: "destroy",
};

/** Each part of the report as text. */
const sections = {
  preflight: (rows) => [
    "preflight: median of several runs; growth is time per asset beside the row above, 1 is linear",
    table(
      ["Subjects", "Streams", "Assets", "ms", "µs per asset", "Growth", "Findings"],
      rows.map(({ mix, streams, assets, ms, usPerAsset, growth, findings }) => {
        return [mix, streams, assets, ms, usPerAsset, growth ?? "", findings];
      }),
    ),
  ],
  policies: ({ rows, mostSeconds }) => [
    "policies: all rules on streams with a consumer each; pack is the same through the SDK, each resource and then the stack; SDK is what Pulumi's SDK takes to show everything to as many rules that look at nothing",
    table(
      [
        "Streams",
        "Rules",
        "check ms",
        "Growth",
        "Each ms",
        "Stack ms",
        "Pack ms",
        "Growth",
        "SDK ms",
        "Findings",
        "Violations",
      ],
      rows.map((row) => [
        row.streams,
        row.rules,
        row.checkMs,
        row.checkGrowth ?? "",
        row.eachMs,
        row.stackMs,
        row.packMs,
        row.packGrowth ?? "",
        row.sdkMs,
        row.findings,
        row.violations,
      ]),
    ),
    ...rows
      .filter(({ packMs }) => packMs > mostSeconds * 1_000)
      .map(({ streams }) => `ABOVE ${mostSeconds} s for ${number(streams)} streams: find out why.`),
  ],
  cdk8s: (rows) => [
    "cdk8s: an app of streams from its constructors to its YAML, median of several runs; SDK is what cdk8s takes for the same objects without us; growth is time per stream beside the row above, 1 is linear",
    table(
      ["Streams", "Charts", "ms", "Of it synth ms", "SDK ms", "µs per stream", "Growth"],
      rows.map((row) => [row.streams, row.charts, row.ms, row.synthMs, row.sdkMs, row.usPerStream, row.growth ?? ""]),
    ),
  ],
  engine: (rows) => [
    "engine: through pulumi, beside the same requests sent straight to the server; ms/further leaves out the fixed cost",
    table(
      ["Streams", "Phase", "Checkpoints", "Engine s", "ms/resource", "ms/further", "Direct s", "ms/stream", "Ratio"],
      rows.map((row) => [
        row.streams,
        PHASES[row.phase],
        row.checkpoints ? "yes" : "no",
        row.engineSeconds,
        row.msPerResource,
        row.msPerFurther ?? "",
        row.directSeconds,
        row.directMsPerStream,
        row.ratio,
      ]),
    ),
  ],
  own: ({ parts, ownUs, ownCpuUs, mostUs, within }) => [
    "own: one stream, in µs; ours is what remains without Pulumi, the client and the server",
    table(
      ["Part", "Wall", "Of it others", "Whose", "Ours", "Ours, CPU"],
      parts.map((row) => [row.part, row.totalUs, row.othersUs, row.others, row.ownUs, row.ownCpuUs]),
    ),
    `Sum of ours: ${number(ownUs)} µs, CPU ${number(ownCpuUs)} µs. ${within ? "Within" : "ABOVE"} ${mostUs / 1_000} ms per stream${within ? "." : ": find out why."}`,
  ],
};

/** The whole report as text. */
function asText({ machine, ...parts }) {
  const { cores, memoryGiB, platform, load, node, pulumi, natsServer } = machine;
  const tools = [`Node ${node}`, pulumi && `Pulumi ${pulumi}`, natsServer && `nats-server ${natsServer}`];
  const head = `${cores} cores, ${memoryGiB} GiB, ${platform}, load ${load} at the start; ${tools.filter(Boolean).join(", ")}`;
  const bodies = Object.entries(parts).map(([part, result]) => sections[part](result).join("\n"));
  return [head, ...bodies].join("\n\n");
}

module.exports = { asText };
