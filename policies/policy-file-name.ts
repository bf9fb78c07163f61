/** Name of the file that is looked for. */
export const POLICY_FILE = "headwater.policy.json";
