import { goneMembers } from "../../provider/cluster/cluster-members";

const member = (name: string, offline = false) => ({ name, peer: name, offline });
const inputs = { cluster: "eu", servers: ["eu-0", "eu-1", "eu-2"] };

it("forgets servers that were taken away, and nobody else's", () => {
  const members = [
    member("eu-0"),
    member("eu-1", true),
    member("eu-3", true),
    member("eu-4"),
    member("us-0", true),
    member("eu-west-0", true),
    member("other", true),
  ];
  expect(goneMembers(members, inputs)).toEqual(["eu-3"]);
});

it("forgets a witness once there are enough servers, although it still runs", () => {
  const members = [member("eu-0"), member("eu-witness-0")];
  expect(goneMembers(members, inputs)).toEqual(["eu-witness-0"]);
  expect(goneMembers(members, { ...inputs, servers: ["eu-0"], witness: "eu-witness-0" })).toEqual([]);
});
