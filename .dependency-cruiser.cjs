// The arrows between rooms, as docs/architecture.md draws them. A room may import itself and what its line allows.
const allowed = {
  model: [],
  preflight: ["model"],
  changes: ["model"],
  render: ["model"],
  secrets: ["model"],
  provider: ["secrets", "changes", "preflight", "model"],
  policies: ["render", "preflight", "model"],
  local: ["render", "secrets", "provider", "preflight", "changes", "model"],
  "constructs/pulumi": ["render", "secrets", "preflight", "model"],
  "constructs/cdk8s": ["policies", "render", "preflight", "changes", "model"],
  cli: ["policies", "local", "render", "provider", "preflight", "changes", "model"],
  stacks: [],
};
const rooms = Object.keys(allowed);

const onlyDownwards = rooms.map((room) => ({
  name: `${room.replace("/", "-")}-imports`,
  severity: "error",
  from: { path: `^${room}/` },
  to: { path: `^(${rooms.filter((other) => other !== room && !allowed[room].includes(other)).join("|")})/` },
}));

// Packages that only one room may load: the others stay functions from data to data.
const packages = [
  { name: "nats-only-in-provider", pattern: "node_modules/@nats-io/", room: "^provider/" },
  { name: "kubernetes-client-only-in-provider", pattern: "node_modules/@kubernetes/", room: "^provider/" },
  { name: "yaml-only-in-model", pattern: "node_modules/yaml/", room: "^model/" },
  { name: "commander-only-in-cli", pattern: "node_modules/commander/", room: "^cli/" },
  {
    name: "cdk8s-only-in-constructs",
    pattern: "node_modules/(cdk8s|constructs)/",
    room: "^(constructs|stacks)/",
  },
  {
    name: "pulumi-only-in-constructs",
    pattern: "node_modules/@pulumi/",
    room: "^(constructs/pulumi|stacks|policies/pack\\.ts$)",
  },
];

module.exports = {
  forbidden: [
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    { name: "tools-stay-out", severity: "error", from: { path: "^(?!tools|test)" }, to: { path: "^(tools|test)/" } },
    ...onlyDownwards,
    // A Pulumi program and its provider start on every command: what only the command line needs is not for them.
    {
      name: "entries-stay-light",
      severity: "error",
      from: { path: "^(index|model-entry|provider/index|constructs/cdk8s/index)\\.ts$" },
      to: { path: "^(cli/|node_modules/(yaml|commander)/)", reachable: true },
    },
    ...packages.map(({ name, pattern, room }) => ({
      name,
      severity: "error",
      from: { path: `^(?!${room.slice(1)})` },
      to: { path: pattern },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
