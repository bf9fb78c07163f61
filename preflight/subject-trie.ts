import { isOddToken, subjectsOverlap } from "../model/subjects";

interface Node<Owner> {
  readonly children: Map<string, Node<Owner>>;
  /** Entries that end here, and entries that go on with `>` from here. */
  readonly ends: Entry<Owner>[];
  readonly tails: Entry<Owner>[];
  /** Tokens of the shortest and the longest subject below, without those that go on with `>`. */
  shortest: number;
  longest: number;
  /** Some subject here or below goes on with `>`. */
  open: boolean;
}

/** A subject somebody holds. */
export interface Entry<Owner> {
  readonly subject: string;
  readonly owner: Owner;
}

/** Subjects by token: finding what overlaps one takes as long as the subject is, not as many as there are. */
export interface SubjectTrie<Owner> {
  readonly add: (subject: string, owner: Owner) => void;
  /** Every entry some message could match together with the subject. */
  readonly overlapping: (subject: string) => Generator<Entry<Owner>>;
}

const newNode = <Owner>(): Node<Owner> => ({
  children: new Map(),
  ends: [],
  tails: [],
  shortest: Number.POSITIVE_INFINITY,
  longest: -1,
  open: false,
});

export function subjectTrie<Owner>(): SubjectTrie<Owner> {
  const root = newNode<Owner>();
  // Subjects the server's comparison treats specially: compared one by one, there are hardly any.
  const odd: Entry<Owner>[] = [];
  const all: Entry<Owner>[] = [];
  return {
    add: (subject, owner) => {
      const entry = { subject, owner };
      const tokens = subject.split(".");
      all.push(entry);
      if (tokens.some(isOddToken)) odd.push(entry);
      else insert(root, tokens, entry);
    },
    *overlapping(subject) {
      const tokens = subject.split(".");
      if (tokens.some(isOddToken)) {
        for (const entry of all) if (subjectsOverlap(subject, entry.subject)) yield entry;
        return;
      }
      yield* find(root, tokens, 0);
      for (const entry of odd) if (subjectsOverlap(subject, entry.subject)) yield entry;
    },
  };
}

function insert<Owner>(root: Node<Owner>, tokens: readonly string[], entry: Entry<Owner>): void {
  let node = root;
  const open = tokens.at(-1) === ">";
  for (const [at, token] of tokens.entries()) {
    widen(node, tokens.length - at, open);
    if (token === ">") {
      node.tails.push(entry);
      return;
    }
    const child = node.children.get(token) ?? newNode<Owner>();
    node.children.set(token, child);
    node = child;
  }
  widen(node, 0, open);
  node.ends.push(entry);
}

function widen<Owner>(node: Node<Owner>, left: number, open: boolean): void {
  if (open) {
    node.open = true;
    return;
  }
  node.shortest = Math.min(node.shortest, left);
  node.longest = Math.max(node.longest, left);
}

// Whether a subject of so many more tokens can be below: else there is no need to look.
function fits<Owner>(node: Node<Owner>, tokens: readonly string[], at: number): boolean {
  if (node.open || tokens.at(-1) === ">") return true;
  const left = tokens.length - at;
  return node.shortest <= left && left <= node.longest;
}

function* find<Owner>(node: Node<Owner>, tokens: readonly string[], at: number): Generator<Entry<Owner>> {
  if (!fits(node, tokens, at)) return;
  const token = tokens[at];
  if (token === undefined) {
    yield* node.ends;
    return;
  }
  if (token === ">") {
    yield* below(node);
    return;
  }
  yield* node.tails;
  for (const child of token === "*" ? node.children.values() : matching(node, token))
    yield* find(child, tokens, at + 1);
}

function matching<Owner>(node: Node<Owner>, token: string): Node<Owner>[] {
  return [node.children.get(token), node.children.get("*")].filter((child) => child !== undefined);
}

// Everything with at least one more token.
function* below<Owner>(node: Node<Owner>): Generator<Entry<Owner>> {
  yield* node.tails;
  for (const child of node.children.values()) {
    yield* child.ends;
    yield* below(child);
  }
}
