/** Without what is `undefined`, at any depth, in lists too: as JSON has it. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
