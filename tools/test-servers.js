require("./bootstrap").run("./lib/test-servers.js");
