require("./bootstrap").run("./lib/down.js");
