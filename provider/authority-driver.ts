import type { Duration } from "../model/units";
import { isUnknown } from "../model/unknowns";
import { nextAuthority, signingAuthority, trustBundle } from "../secrets/authority";
import type { AuthorityPhase, AuthorityState, AuthorityWanted } from "../secrets/authority-state";
import { describeCertificate } from "../secrets/certificate";
import { checkAuthorityPhases, checkAuthorityShape } from "../secrets/check-authority-phases";
import type { KeyedCertificate } from "../secrets/sign-certificate";
import type { Fields } from "./driver";
import type { SecretDriver } from "./secret-handler";

export const authorityDriver: SecretDriver = {
  kind: "certificate authority",
  inputs: ({ name, commonName, validity, rotate, phase }) => ({
    name,
    commonName: commonName ?? name,
    validity: validity ?? "3650d",
    rotate: rotate ?? 1,
    phase: phase ?? "drop",
  }),
  check: (inputs) => (isUnknown(inputs) ? [] : checkAuthorityShape(String(inputs.name), requestOf(inputs))),
  judge: async (olds, inputs) =>
    isUnknown(inputs) ? [] : checkAuthorityPhases(String(inputs.name), toState(olds), requestOf(inputs)),
  next: async (olds, inputs) => {
    const { state, findings } = await nextAuthority(olds && toState(olds), requestOf(inputs), requestOf(inputs));
    return { findings, outputs: state && toOutputs(state) };
  },
};

interface Request extends AuthorityWanted {
  readonly name: string;
  readonly commonName: string;
  readonly validity: Duration;
}

const requestOf = (inputs: Fields) => inputs as unknown as Request;

function toState({ rotate, phase, current, previous }: Fields): AuthorityState {
  const held = previous as KeyedCertificate | undefined;
  return {
    rotate: Number(rotate),
    phase: phase as AuthorityPhase,
    current: current as KeyedCertificate,
    ...(held && { previous: held }),
  };
}

function toOutputs(state: AuthorityState): Fields {
  const { current, previous } = state;
  const signing = signingAuthority(state);
  return {
    current,
    ...(previous && { previous }),
    trustBundle: trustBundle(state),
    signingCertificate: signing.certificate,
    signingKey: signing.key,
    notAfter: describeCertificate(current.certificate).notAfter,
  };
}
