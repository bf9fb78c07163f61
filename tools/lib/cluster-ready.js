const path = require("node:path");
const paths = require("./paths");

/** True when every server is healthy and, in a cluster, a meta leader sees all of them. `monitors` are URLs. */
function clusterReady(monitors) {
  const compiled = require(path.join(paths.root, "dist", "local", "cluster-ready.js"));
  return compiled.clusterReady(monitors.map((url) => ({ url })));
}

module.exports = { clusterReady };
