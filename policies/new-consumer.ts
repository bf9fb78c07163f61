/** What to do about a field of a consumer that servers do not change: nothing is lost, and nothing delivered twice. */
export const NEW_CONSUMER =
  "It cannot be changed in place: create a consumer under a new name that starts after what this one has acknowledged, move its readers, then remove this one.";
