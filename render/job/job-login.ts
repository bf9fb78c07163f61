import type { ProvisioningJobArgs } from "./provisioning-job-args";

interface SecretKey {
  readonly secretName: string;
  readonly key: string;
}

/** Options of the command, and the files they name: keys of Secrets. */
export interface JobLogin {
  readonly args: readonly string[];
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
}

const FOLDER = "/etc/headwater";
// Read by the group of the container's user alone.
const READ_BY_GROUP = 0o440;

/** How the command logs in: every secret is a file, and options name it. */
export function jobLogin({ login, tls = {}, domain, inboxPrefix }: ProvisioningJobArgs): JobLogin {
  const files: { readonly option: string; readonly name: string; readonly from: SecretKey | undefined }[] = [
    { option: "--password-file", name: "password", from: login && "password" in login ? login.password : undefined },
    { option: "--creds", name: "creds", from: login && "creds" in login ? login.creds : undefined },
    { option: "--nkey", name: "nkey", from: login && "nkey" in login ? login.nkey : undefined },
    { option: "--token-file", name: "token", from: login && "token" in login ? login.token : undefined },
    { option: "--tls-ca", name: "tls-ca", from: tls.ca },
    { option: "--tls-cert", name: "tls-cert", from: tls.cert },
    { option: "--tls-key", name: "tls-key", from: tls.key },
  ];
  const given = files.flatMap(({ from, ...file }) => (from ? [{ ...file, from }] : []));
  return {
    args: [
      ...(login && "user" in login ? ["--user", login.user] : []),
      ...given.flatMap(({ option, name }) => [option, `${FOLDER}/${name}/${name}`]),
      ...(domain ? ["--domain", domain] : []),
      ...(inboxPrefix ? ["--inbox-prefix", inboxPrefix] : []),
    ],
    volumes: given.map(({ name, from }) => ({
      name,
      secret: { secretName: from.secretName, defaultMode: READ_BY_GROUP, items: [{ key: from.key, path: name }] },
    })),
    mounts: given.map(({ name }) => ({ name, mountPath: `${FOLDER}/${name}`, readOnly: true })),
  };
}
