const path = require("node:path");
const { toolsFolder } = require("../bootstrap");

const root = path.resolve(__dirname, "../..");
const home = path.join(root, ".headwater");

/** Everything these scripts write lies below `home` (ignored by git) or the tools folder. */
module.exports = {
  root,
  home,
  tools: toolsFolder,
  bin: path.join(toolsFolder, "bin"),
  helpers: path.join(home, "bin"),
  local: path.join(home, "local"),
  pulumi: path.join(home, "pulumi"),
};
