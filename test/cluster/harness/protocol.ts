import type {
  HoldRequest,
  ItemPatch,
  PluginItem,
  ProcessInfo,
  ProcessKnowledge,
  Readiness,
  Reason,
  SyncCounts,
  SyncOptions,
  Transport,
} from "plugbay";
import type { Setup } from "./setup.ts";

/** What the parent may ask of a child. */
export interface Commands {
  open(setup: Setup): Promise<void>;
  close(): Promise<void>;
  get(type: string): Answer;
  state(): StateReport;
  /** For each of its types, what `getAll` gives: the plugins' names in this process's code. */
  served(): Record<string, string[]>;
  items(type: string): PluginItem[];
  /** The items' names and the reasons why they serve or do not. */
  explain(type: string): [name: string, reason: Reason][];
  processes(): Promise<ProcessInfo[]>;
  whoKnows(id: string): Promise<ProcessKnowledge[]>;
  /** Runs a call, which the providers of these names refuse to connect to; gives the name of the plugin that served. */
  run(type: string, refusing: readonly string[]): Promise<string>;
  /** What it found about the items: their plugins' names, and the kind and reason of their readiness. */
  readiness(type: string): [name: string, kind: Readiness["kind"], reason: string | undefined][];
  /** The name of the plugin that `getById` gives an instance of. */
  getById(type: string, id: string): string | undefined;
  hold(id: string, hold: HoldRequest): Promise<void>;
  release(id: string): Promise<void>;
  updateItem(id: string, patch: ItemPatch): Promise<number>;
  /** What `get` gives for the type as soon as the update is done, before anything else can happen. */
  updateAndGet(id: string, patch: ItemPatch, type: string): Promise<Answer>;
  /** Makes so many changes, each of a random item's status and priority, `atOnce` of them at a time. */
  write(count: number, atOnce: number): Promise<void>;
  sync(options?: SyncOptions): Promise<SyncCounts>;
  refresh(): Promise<void>;
  /** Sets its time of day, so many milliseconds on or back. */
  stepClock(ms: number): void;
  /** From here on, `get` is called for all types again and again. */
  watch(): void;
  /** Every different answer since `watch`, and how often `get` was called. */
  watched(): { calls: number; answers: Answer[] };
}

export type CommandName = keyof Commands;

/** What `get` gave, and the revision that it served from. */
export interface Answer {
  readonly type: string;
  readonly revision: number;
  /** undefined: none. */
  readonly itemId: string | undefined;
}

/** `state`, with what a process cannot send as it is as text. */
export interface StateReport {
  readonly kind: "live" | "stale" | "bootstrapped" | "closed";
  readonly revision: number;
  readonly ageMs: number;
  readonly transport: Transport | undefined;
  readonly since: Date | undefined;
  readonly cause: string | undefined;
}

/** What happened in a child, and when, in epoch milliseconds. */
export interface EventReport {
  readonly name: "change" | "stale" | "live" | "transport" | "warning";
  readonly at: number;
  readonly revision?: number;
  readonly transport?: Transport;
  /** A warning's text, a stale state's cause, the reason of another transport. */
  readonly text?: string;
}

/** From the parent. */
export interface Request {
  readonly id: number;
  readonly command: CommandName;
  readonly args: readonly unknown[];
}

/** From the child. */
export type Message =
  | { readonly kind: "ready" }
  | { readonly kind: "event"; readonly event: EventReport }
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly name: string; readonly text: string };
