import type { Api } from "../../provider/api";
import { sendSteps, updateSteps } from "../../provider/update-steps";

const ssd = { tags: ["ssd"] };
const live = { name: "S", num_replicas: 3, retention: "limits" };

describe("updateSteps", () => {
  it("sends one request where the server takes it", () => {
    for (const config of [
      { name: "S", num_replicas: 1 },
      { name: "S", num_replicas: 3, placement: ssd },
      { name: "S", num_replicas: 3 },
    ]) {
      expect(updateSteps(config, live)).toEqual([config]);
    }
    expect(updateSteps({ name: "S", num_replicas: 1 }, { ...live, placement: ssd })).toHaveLength(1);
  });

  it("goes to fewer replicas before the move, to more after it", () => {
    const fewer = { name: "S", num_replicas: 1, placement: ssd };
    expect(updateSteps(fewer, live)).toEqual([{ ...fewer, placement: undefined }, fewer]);
    const more = { name: "S", num_replicas: 5, placement: ssd };
    expect(updateSteps(more, live)).toEqual([{ ...more, num_replicas: 3, retention: "limits" }, more]);
  });

  it("moves before it changes the retention", () => {
    const config = { name: "S", num_replicas: 3, placement: ssd, retention: "interest" };
    expect(updateSteps(config, live)).toEqual([{ ...config, retention: "limits" }, config]);
  });
});

it("gives up on a move that outlasts the deadline, and says how to go on", async () => {
  const moving = { cluster: { leader: "a", replicas: [{ current: false }] } };
  const api: Api = { request: async () => moving, version: async () => "2.15.1", timeoutMs: 100 };
  const steps = [
    { name: "S", num_replicas: 3 },
    { name: "S", num_replicas: 3, placement: ssd },
  ];
  await expect(sendSteps(api, "S", steps)).rejects.toThrow(
    'SV104 stream "S": placement is moving, and the rest of the update waits for that. Run up again with --refresh when it has moved; nats:timeout waits longer.',
  );
});
