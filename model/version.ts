/** The newest supported server: what is judged where no version is known. */
export const NEWEST = "2.15.1";

/** Compares `major.minor.patch`; a suffix such as `-RC.1` is ignored. */
export function isOlder(version: string, than: string): boolean {
  const parts = (text: string) => text.split("-")[0]?.split(".").map(Number) ?? [];
  const [a, b] = [parts(version), parts(than)];
  const at = [0, 1, 2].find((i) => (a[i] ?? 0) !== (b[i] ?? 0));
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}
