import type { ServerBinary } from "./binary";
import { configure } from "./configure";
import { converge } from "./converge";
import { throwLocal } from "./finding";
import { certificatesOf, ensureCertificates } from "./local-tls";
import { withLock } from "./lock";
import type { LocalRun } from "./run";
import { runtimeOf } from "./runtime";
import { requireState } from "./state";

/** Makes every certificate of a local cluster anew and lets the servers load them; answers the files. */
export function renewCertificates(run: LocalRun, binary: ServerBinary): Promise<string[]> {
  return withLock(run.home, async () => {
    const state = requireState(run.home);
    const runtime = runtimeOf(run, state.spec, binary);
    const names = state.servers.map(({ name }) => name);
    const made = certificatesOf(run.home, runtime.spec, names);
    if (made.length === 0)
      throwLocal(
        "LC115",
        run.home.name,
        "tls",
        "has no certificate that is made here",
        "Renew the files it names, and run up.",
      );
    const written = await ensureCertificates(run.home, made, true);
    await converge(runtime, state, await configure(runtime, state.servers));
    return written;
  });
}
