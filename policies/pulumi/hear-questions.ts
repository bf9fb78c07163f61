import { isObject } from "../../model/walk";
import type { EngineResource } from "./engine";

/** Properties of a resource as they come from the engine. */
interface Properties {
  toJavaScript(): object;
}

/** A resource in a question of the engine's. */
export interface ResourceMessage {
  getType(): string;
  getName(): string;
  getUrn(): string;
  getProperties(): Properties | undefined;
  getProvider(): { getUrn(): string; getProperties(): Properties | undefined } | undefined;
}

interface StackMessage {
  getResourcesList(): ResourceMessage[];
}

/** The engine's questions: about one resource, or about all. */
export type Question = ResourceMessage | StackMessage;

/** What a pack hears of the engine's questions before the SDK reads them. */
export interface HeardQuestions {
  readonly hear: (question: Question) => void;
  /** The resource a policy is asked about, as it was heard. */
  readonly resource: (asked: EngineResource) => EngineResource;
  /** The resources of the stack, as they were heard. */
  readonly resources: (asked: readonly EngineResource[]) => readonly EngineResource[];
  /** A message without what a program marked as secret. */
  readonly masked: (message: string) => string;
}

// pulumi sdk/go/common/resource/plugin/rpc.go
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const NOTHING: Properties = { toJavaScript: () => ({}) };

/**
 * Hears questions where they are parsed. The SDK reads and copies the properties of every resource anew for every policy, which
 * takes more time than the rules do, and it does not say what is secret. So it is shown none, and policies take what was heard.
 */
export function hearQuestions(): HeardQuestions {
  const heard = new Map<string, EngineResource>();
  const secrets = new Set<string>();
  let stack: readonly EngineResource[] | undefined;
  return {
    hear(question) {
      if ("getResourcesList" in question) {
        stack = question.getResourcesList().map((one) => take(one, secrets));
        question.getResourcesList = () => [];
      } else heard.set(question.getUrn(), take(question, secrets));
    },
    resource: (asked) => heard.get(asked.urn) ?? asked,
    resources: (asked) => stack ?? asked,
    masked: (message) => [...secrets].reduce((text, secret) => text.replaceAll(secret, "[secret]"), message),
  };
}

function take(message: ResourceMessage, secrets: Set<string>): EngineResource {
  const [properties, provider] = [message.getProperties(), message.getProvider()];
  message.getProperties = () => NOTHING;
  if (provider) provider.getProperties = () => NOTHING;
  return {
    type: message.getType(),
    name: message.getName(),
    urn: message.getUrn(),
    props: plain(properties?.toJavaScript() ?? {}, secrets, false) as EngineResource["props"],
    ...(provider && { provider: { urn: provider.getUrn() } }),
  };
}

// Short texts are part of too many words to be taken out of a message.
const SHORTEST_SECRET = 4;

function plain(value: unknown, secrets: Set<string>, isSecret: boolean): unknown {
  if (typeof value === "string") {
    if (isSecret && value.length >= SHORTEST_SECRET) secrets.add(value);
    return value;
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, secrets, isSecret));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) return plain(value.value, secrets, true);
  const known = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(known.map(([key, inner]) => [key, plain(inner, secrets, isSecret)]));
}
