import type { UserSpec } from "../model/cluster/account-spec";
import type { ClusterSpec } from "../model/cluster/cluster-spec";
import { effectiveCluster } from "../model/cluster/effective";
import { whereIs } from "./local-secrets";
import { SYSTEM_USER } from "./local-spec";
import { clientFiles, sideFiles } from "./local-tls";
import type { LocalRun } from "./run";
import { clientUrl } from "./runtime";
import type { LocalServer } from "./state";

/** One way to log in. The secret itself is never part of it. */
export interface Login {
  readonly account?: string;
  readonly user?: string;
  /** Where the password or token is: a file, or `$VARIABLE`. */
  readonly secret?: string;
  /** Client certificate and key that are the login. */
  readonly certFile?: string;
  readonly keyFile?: string;
}

/** How applications reach a local cluster. */
export interface ConnectFacts {
  readonly urls: readonly string[];
  /** Authority to trust, where clients talk TLS. */
  readonly caFile?: string;
  /** Certificate every client shows. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** True where nobody has to log in. */
  readonly open: boolean;
  readonly logins: readonly Login[];
}

/** How applications reach the servers of a spec. */
export function connectFacts(run: LocalRun, spec: ClusterSpec, servers: readonly LocalServer[]): ConnectFacts {
  const { home, cwd } = run;
  const side = spec.tls?.client;
  const data = servers.filter(({ witness }) => !witness);
  const files = side && data[0] && sideFiles(home, cwd, data[0].name, "client", side);
  const client = side?.verify ? clientFiles(home, spec) : undefined;
  const logins = loginsOf(run, spec);
  return {
    urls: data.map((server) => clientUrl(spec, server)),
    ...(files?.caFile && { caFile: files.caFile }),
    ...(client && { certFile: client.certFile, keyFile: client.keyFile }),
    open: (logins.length === 0 && !spec.operator) || spec.noAuthUser !== undefined,
    logins,
  };
}

function loginsOf(run: LocalRun, spec: ClusterSpec): Login[] {
  const { authorization, accounts = {} } = spec;
  const { user, password, token } = authorization ?? {};
  const where = (source: NonNullable<UserSpec["password"]>) => whereIs(run.home, run.cwd, source);
  const single = password ?? token;
  if (single) return [{ ...(user && { user }), secret: where(single) }];
  const system = effectiveCluster(spec).systemAccount;
  return Object.entries(accounts).flatMap(([account, { users = [] }]) =>
    users
      .filter((each) => each.user !== SYSTEM_USER && account !== system)
      .map((each) => loginOf(run, spec, account, each)),
  );
}

function loginOf(run: LocalRun, spec: ClusterSpec, account: string, { user, password, nkey }: UserSpec): Login {
  const mapped = user && spec.tls?.client?.verifyAndMap ? clientFiles(run.home, spec, user) : undefined;
  return {
    account,
    ...((user ?? nkey) && { user: user ?? nkey }),
    ...(password && { secret: whereIs(run.home, run.cwd, password) }),
    ...(mapped && { certFile: mapped.certFile, keyFile: mapped.keyFile }),
  };
}
