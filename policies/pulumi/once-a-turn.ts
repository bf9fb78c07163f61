/**
 * Remembers what was made for a key until the turn of the event loop ends. The engine asks many policies about the same thing
 * in one turn, and about something else in the next.
 */
export function onceATurn<T>(): (key: string, make: () => T) => T {
  let made: { readonly key: string; readonly value: T } | undefined;
  return (key, make) => {
    if (made?.key === key) return made.value;
    if (!made)
      setImmediate(() => {
        made = undefined;
      });
    const value = make();
    made = { key, value };
    return value;
  };
}
