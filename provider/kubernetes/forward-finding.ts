import type { Finding } from "../../model/finding";

/** What is wrong with reaching servers through Kubernetes. */
export function forwardFinding(code: string, name: string, problem: string, remedy: string): Finding {
  return { code, severity: "error", kind: "provider", name, field: "", problem, remedy };
}
