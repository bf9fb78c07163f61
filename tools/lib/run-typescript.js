const fs = require("node:fs");

/** Lets `require` load TypeScript: types are dropped, not checked. Ends with the process. */
function runTypeScript() {
  const { transformSync } = require("@swc/core");
  require.extensions[".ts"] = (module, filename) => {
    const { code } = transformSync(fs.readFileSync(filename, "utf8"), {
      filename,
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
      sourceMaps: "inline",
    });
    module._compile(code, filename);
  };
}

module.exports = { runTypeScript };
