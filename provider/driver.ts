import type { Finding, SpecKind } from "../model/finding";
import type { WireConfig } from "../model/wire";
import type { Api } from "./api";

export type Fields = Readonly<Record<string, unknown>>;

/** An asset as a server has it. */
export interface Live {
  /** Its stream or consumer in normal form, with the values the server filled in. */
  readonly base: Fields;
  readonly owner?: string;
  readonly created: string;
  /** The configuration as the server sent it. */
  readonly wire: WireConfig;
  readonly messages: number;
  readonly bytes: number;
}

/** What differs between kinds of asset when they are managed. A bucket is managed as its stream: its base. */
export interface Driver {
  readonly kind: SpecKind;
  readonly base: "stream" | "consumer";
  /** The name in messages. */
  readonly nameOf: (spec: Fields) => string;
  /** The name on the server, as `HEADWATER_ALLOW_DELETE` takes it. */
  readonly target: (spec: Fields) => string;
  /** Pulumi's id, and back to the fields that identify the asset. */
  readonly idOf: (spec: Fields) => string;
  readonly locate: (id: string) => Fields;
  /** The stream or consumer spec in normal form. Given what is live, a switch that cannot go back stays on. */
  readonly toBase: (spec: Fields, live?: Fields) => Fields;
  readonly fromBase: (base: Fields) => Fields;
  readonly config: (base: Fields, owner: string) => WireConfig;
  /** `undefined` when it does not exist. */
  readonly info: (api: Api, base: Fields) => Promise<Live | undefined>;
  readonly create: (api: Api, base: Fields, config: WireConfig) => Promise<Live>;
  readonly update: (api: Api, base: Fields, config: WireConfig, live: Live) => Promise<Live>;
  readonly remove: (api: Api, base: Fields) => Promise<void>;
  /** Why deleting it would lose messages, if it would. */
  readonly losesMessages: (
    api: Api,
    base: Fields,
    live: Live,
  ) => Promise<Pick<Finding, "code" | "problem"> | undefined>;
  /** Values the resource gives besides its inputs. */
  readonly outputs: (base: Fields) => Fields;
}
