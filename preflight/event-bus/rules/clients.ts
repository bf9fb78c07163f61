import type { EventBusRule } from "../rule";

/** What Argo's clients make of `tls`. */
export const busTls: EventBusRule = {
  code: "EB112",
  severity: "error",
  says: "`tls` says something: Secrets, a certificate together with its key, `enabled` or `insecureSkipVerify`.",
  *find({ exotic }) {
    const tls = exotic?.tls;
    if (!tls || tls.insecureSkipVerify || tls.enabled) return;
    const { caCertSecret, clientCertSecret, clientKeySecret } = tls;
    if (!caCertSecret && !clientCertSecret && !clientKeySecret) {
      const problem = "names no Secret: Argo Events' clients refuse it and never connect";
      yield { field: "tls", problem, remedy: "Set caCertSecret, or enabled: true for the system's authorities." };
    } else if (!clientCertSecret !== !clientKeySecret) {
      const missing = clientCertSecret ? "clientKeySecret" : "clientCertSecret";
      const problem = "is missing: Argo Events' clients refuse a certificate without its key and never connect";
      yield { field: `tls.${missing}`, problem, remedy: "Set both, or neither." };
    }
  },
};
