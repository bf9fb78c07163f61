import { isOlder } from "./version";

// server/subject_transform.go NewSubjectTransform and indexPlaceHolders: what a mapping's destination may say.

const NUMBER = /^[+-]?\d+$/;
const INT32 = 2_147_483_647;

interface Call {
  /** Positions of source wildcards the function reads. */
  readonly wildcards: readonly number[];
  /** Works without any wildcard in the source, whatever positions it names. */
  readonly free: boolean;
}

/** What one function of a destination wants, or why its arguments are wrong. */
type ReadCall = (args: readonly string[], server: string | undefined) => Call | string;

const int = (text: string | undefined) => {
  const trimmed = text?.replace(/^ +| +$/g, "");
  return trimmed !== undefined && NUMBER.test(trimmed) ? Number(trimmed) : undefined;
};

const wildcard: ReadCall = (args) => {
  if (args.length > 1) return "takes one position";
  const position = int(args[0]);
  return position === undefined ? "needs the position of a wildcard" : { wildcards: [position], free: false };
};

const partition: ReadCall = (args, server) => {
  const numbers = args.map(int);
  const old = server !== undefined && isOlder(server, "2.12.0");
  if (old && args.length < 2) return "needs the number of partitions and the position of a wildcard";
  if (numbers.includes(undefined)) return "takes whole numbers only";
  if (!old && (numbers[0] as number) > INT32) return "has too many partitions";
  return { wildcards: numbers.slice(1) as number[], free: true };
};

const random: ReadCall = (args, server) => {
  if (server !== undefined && isOlder(server, "2.12.0")) return "needs nats-server 2.12.0 or newer";
  const most = int(args[0]);
  return args.length !== 1 || most === undefined || most > INT32
    ? "needs one whole number"
    : { wildcards: [], free: true };
};

const positionAndNumber: ReadCall = (args, server) => {
  const [position, number] = args.map(int);
  if (args.length !== 2 || position === undefined || number === undefined)
    return "needs the position of a wildcard and a number";
  const bounded = server === undefined || !isOlder(server, "2.11.0");
  return bounded && Math.abs(number) > INT32
    ? "has a number that is too large"
    : { wildcards: [position], free: false };
};

const split: ReadCall = (args) => {
  const position = int(args[0]);
  if (args.length !== 2 || position === undefined) return "needs the position of a wildcard and a separator";
  return /[ .]/.test(args[1] as string)
    ? "has a separator with a space or a dot"
    : { wildcards: [position], free: false };
};

// In the order the server tries them.
const FUNCTIONS: readonly (readonly [RegExp, ReadCall])[] = [
  [/\{\{\s*[wW]ildcard\s*\((.*)\)\s*\}\}/, wildcard],
  [/\{\{\s*[pP]artition\s*\((.*)\)\s*\}\}/, partition],
  [/\{\{\s*[sS]plit[fF]rom[lL]eft\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[sS]plit[fF]rom[rR]ight\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[sS]lice[fF]rom[lL]eft\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[sS]lice[fF]rom[rR]ight\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[rR]ight\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[lL]eft\s*\((.*)\)\s*\}\}/, positionAndNumber],
  [/\{\{\s*[sS]plit\s*\((.*)\)\s*\}\}/, split],
  [/\{\{\s*[rR]andom\s*\((.*)\)\s*\}\}/, random],
];

/**
 * Why the server refuses to rewrite `src` to `dest`, `undefined` when it accepts: an empty `src` means every subject.
 * `server` is the version asked, the newest when not given.
 */
export function transformProblem(src: string | undefined, dest: string, server?: string): string | undefined {
  const source = (src || ">").split(".");
  const tokens = dest.split(".");
  if (tokens.some((token, i) => token === "" || (token === ">" && i < tokens.length - 1)))
    return "has an empty token, or > before its end";
  if (tokens.includes("*")) return "has a *: it must say which wildcard, {{wildcard(1)}}";
  const open = source.at(-1) === ">";
  if (open !== (tokens.at(-1) === ">")) return open ? "must end with > as src does" : "ends with >, and src does not";
  const wildcards = source.filter((token) => token === "*").length;
  const problems = tokens.map((token) => tokenProblem(token, wildcards, wildcards > 0 || open, server));
  return problems.find((problem) => problem !== undefined);
}

function tokenProblem(token: string, wildcards: number, wild: boolean, server: string | undefined): string | undefined {
  const call = readToken(token, server);
  if (call === undefined || typeof call === "string") return call && `${token} ${call}`;
  const old = server !== undefined && isOlder(server, "2.12.0");
  if (!wild && call.free && !old) return undefined;
  if (!wild || (old && wildcards === 0)) return `${token} reads a wildcard, and src has none`;
  const beyond = call.wildcards.find((position) => position > wildcards);
  return beyond === undefined ? undefined : `${token} reads wildcard ${beyond}, and src has ${wildcards}`;
}

function readToken(token: string, server: string | undefined): Call | string | undefined {
  if (token.length > 1 && token[0] === "$") {
    const position = int(token.slice(1));
    return position === undefined ? undefined : { wildcards: [position], free: false };
  }
  if (!(token.length > 4 && token.startsWith("{{") && token.endsWith("}}"))) return undefined;
  for (const [pattern, read] of FUNCTIONS) {
    const args = pattern.exec(token)?.[1]?.split(/,\s*/);
    if (args) return read(args, server);
  }
  return "is not a known function";
}

/**
 * Why the server's stricter check refuses a destination, which every transform but `republish` has to pass: no white
 * space, and before 2.15 no `left` and `right`. server/sublist.go ValidateMapping.
 */
export function mappingProblem(dest: string, server?: string): string | undefined {
  const tokens = dest.split(".");
  const isCall = (token: string) => token.length > 4 && token.startsWith("{{") && token.endsWith("}}");
  if (tokens.some((token) => !isCall(token) && /[\t\n\f\r ]/.test(token))) return "has white space";
  const tooNew = server !== undefined && isOlder(server, "2.15.0");
  const sided = tooNew ? tokens.find((token) => isCall(token) && SIDED.test(token)) : undefined;
  return sided && `${sided} needs nats-server 2.15.0 or newer`;
}

const SIDED = /\{\{\s*([rR]ight|[lL]eft)\s*\((.*)\)\s*\}\}/;
