require("./bootstrap").run("./lib/fuzz.js");
