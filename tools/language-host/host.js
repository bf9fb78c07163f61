// Pulumi's LanguageRuntime protocol for Node, as far as programs and policy packs need it. Used only where the language
// host that comes with Pulumi is missing: a build from source has none.
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const services = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const pluginMessages = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

// What the SDK's runner exits with after it has shown the error itself.
const BAIL = 32;
const engine = process.argv[process.argv.length - 1];

const sdkScript = (folder, name) => createRequire(path.join(folder, "index.js")).resolve(`@pulumi/pulumi/cmd/${name}`);

function runProgram({ request }, callback) {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() || request.getPwd(),
    stack: request.getStack(),
    pwd: info?.getProgramDirectory() || request.getPwd(),
    parallel: request.getParallel(),
  };
  const args = Object.entries(flags).map(([key, value]) => `--${key}=${value}`);
  if (request.getDryrun()) args.push("--dry-run");
  const env = {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
  const nodeArgs = typeof options.nodeargs === "string" ? options.nodeargs.split(" ").filter(Boolean) : [];
  const entry = info?.getEntryPoint() || ".";
  const script = sdkScript(flags.pwd, "run");
  const child = spawn(process.execPath, [...nodeArgs, script, ...args, entry, ...request.getArgsList()], {
    env,
    cwd: flags.pwd,
  });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  child.on("exit", (code) => {
    const response = new messages.RunResponse();
    response.setBail(code === BAIL);
    if (code !== 0 && code !== BAIL) response.setError(`the program exited with code ${code}`);
    callback(null, response);
  });
}

function runPlugin(call) {
  const { request } = call;
  const folder = request.getInfo()?.getProgramDirectory() || request.getProgram();
  const isPolicyPack = request.getKind() === "analyzer";
  const script = sdkScript(folder, isPolicyPack ? "run-policy-pack" : "run-plugin");
  const env = Object.fromEntries(
    request.getEnvList().map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]),
  );
  // A policy pack finds its own package.json in the folder it runs in.
  const cwd = isPolicyPack ? folder : request.getPwd();
  const child = spawn(process.execPath, [script, ...request.getArgsList(), folder], { env, cwd });
  const send = (set) => (value) => {
    const response = new messages.RunPluginResponse();
    response[set](value);
    call.write(response);
  };
  child.stdout.on("data", send("setStdout"));
  child.stderr.on("data", send("setStderr"));
  child.on("exit", (code) => {
    send("setExitcode")(code ?? 1);
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

const answer = (make) => (_, callback) => callback(null, make());
const implemented = {
  getPluginInfo: answer(() => new pluginMessages.PluginInfo()),
  getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
  cancel: answer(() => new Empty()),
  run: runProgram,
  runPlugin,
};
const missing = (call, callback) => {
  const error = { code: grpc.status.UNIMPLEMENTED, details: "not implemented by this language host" };
  callback ? callback(error) : call.emit("error", error);
};
const service = services.LanguageRuntimeService;
const handlers = Object.fromEntries(Object.keys(service).map((name) => [name, implemented[name] ?? missing]));

const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(service, handlers);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
