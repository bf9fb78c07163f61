import { isLiteral } from "../model/subjects";
import type { OptionValues } from "./option";
import { capture, integer } from "./options";

/** Where versions are written, alike for every rule about them. */
export const versionOptions = {
  name: capture("(?:^|[_-])(?:V|v)(\\d+)(?:[_-]|$)", "Finds the version in a stream's name; its group is the version."),
  token: capture("^v(\\d+)$", "A subject's token that is its version; its group is the version."),
  place: integer(0, 32, 0, "Which token of a subject is its version, the first is 1; 0 is whichever looks like one."),
};

type Places = OptionValues<typeof versionOptions>;

/** What a subject says of its version. */
export interface SubjectVersions {
  readonly versions: readonly string[];
  /** It says none, and has a wildcard where one could be: it takes every version. */
  readonly spans: boolean;
}

/** Reads versions out of names and subjects. */
export interface VersionReader {
  readonly ofName: (name: string) => string | undefined;
  readonly ofSubject: (subject: string) => SubjectVersions;
}

/** Makes a reader of versions that are written as the options say. */
export function versionReader({ name, token, place }: Places): VersionReader {
  const [inName, inToken] = [new RegExp(name), new RegExp(token)];
  const ofToken = (text: string) => inToken.exec(text)?.[1];
  return {
    ofName: (text) => inName.exec(text)?.[1],
    ofSubject(subject) {
      const tokens = subject.split(".");
      const places = place === 0 ? tokens : tokens.slice(place - 1, place);
      const versions = [...new Set(places.map(ofToken).filter((version) => version !== undefined))];
      const hides = place === 0 ? !isLiteral(subject) : places.includes("*") || tokens.slice(0, place).includes(">");
      return { versions, spans: versions.length === 0 && hides };
    },
  };
}

/** True for a subject of the server's own, such as an advisory's: it has the version the server gives it. */
export function isOwnOfServer(subject: string): boolean {
  return subject.startsWith("$");
}
