require("./bootstrap").run("./lib/test-kubernetes.js");
