import { isOddToken, subjectsOverlap } from "../model/subjects";

interface Node<Owner> {
  readonly children: Map<string, Node<Owner>>;
  /** Entries that end here, and entries that go on with `>` from here. */
  readonly ends: Entry<Owner>[];
  readonly tails: Entry<Owner>[];
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

const newNode = <Owner>(): Node<Owner> => ({ children: new Map(), ends: [], tails: [] });

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
  for (const token of tokens) {
    if (token === ">") {
      node.tails.push(entry);
      return;
    }
    const child = node.children.get(token) ?? newNode<Owner>();
    node.children.set(token, child);
    node = child;
  }
  node.ends.push(entry);
}

function* find<Owner>(node: Node<Owner>, tokens: readonly string[], at: number): Generator<Entry<Owner>> {
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
