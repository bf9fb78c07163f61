require("./bootstrap").run("./lib/up.js");
