require("../tools/bootstrap").run("../bench/bench.js");
