import { integer } from "../options";
import { defineRule } from "../rule";

/** An even number of servers fails as easily as one less. */
export const clusterOddSize = defineRule({
  id: "jetstream-cluster-odd-size",
  title: "A cluster has an odd number of servers",
  severity: "medium",
  levels: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  why: "Servers decide by majority: four survive the loss of one, as three do, and there is one more to lose.",
  fix: "Use 3 or 5 servers.",
  topics: ["availability"],
  frameworks: ["ISO/IEC 27001:2022 A.8.14"],
  options: { least: integer(1, 99, 1, "Fewest servers.") },
  on: "cluster",
  example: { fails: { name: "nats", size: 4 }, passes: { name: "nats", size: 3 } },
  *find({ effective: { size } }, { least }) {
    if (size % 2 === 0)
      yield {
        field: "size",
        value: size,
        problem:
          size === 2
            ? "2 is even: a majority of two is both, and either loss stops it"
            : `${size} is even: no more servers may be lost than with ${size - 1}`,
      };
    if (size < least)
      yield {
        field: "size",
        value: size,
        problem: `${size} is less than ${least}`,
        remedy: `Use ${least} servers or more.`,
      };
  },
});
