require("./bootstrap").run("./lib/test.js");
