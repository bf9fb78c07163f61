/** What one line of a block of `key: value` lines says. */
export interface FlatEntry {
  readonly key: string;
  /** Without quotes and comment. */
  readonly value: string;
  /** True where it was in quotes: a text whatever it looks like. */
  readonly isQuoted: boolean;
}

const LINE = /^\s*["']?([\w-]+)["']?\s*[:= ]\s*(?:"([^"]*)"|'([^']*)'|([^\s#"'{[,;]+))\s*[,;]?\s*(?:(?:#|\/\/).*)?$/;
const NOTHING = /^\s*((#|\/\/).*|---)?\s*$/;

/**
 * Reads the blocks of text inside an EventBus: flat maps, in YAML's words or in those of nats-server's configuration. What
 * is more than that comes back as `unread` lines.
 */
export function readFlatText(text: string): { entries: readonly FlatEntry[]; unread: readonly string[] } {
  const entries: FlatEntry[] = [];
  const unread: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (NOTHING.test(line)) continue;
    const [, key, double, single, bare] = LINE.exec(line) ?? [];
    const value = double ?? single ?? bare;
    if (key === undefined || value === undefined) unread.push(line.trim());
    else entries.push({ key, value, isQuoted: bare === undefined });
  }
  return { entries, unread };
}
