import fc from "fast-check";
import type { BulkAction, Status, SyncMode } from "plugbay";
import { type HandEdit, handEdits } from "./hand-edits.ts";
import type { Lost } from "./lossy-database.ts";
import type { Build, DeclaredPlugin, DeclaredType } from "./model.ts";

/** Which of the two processes acts. */
export type ProcessIndex = 0 | 1;

/** What the model can do to many items; what the code says of them it does not know. */
type ModelledBulkAction = Exclude<BulkAction, "reset">;

/** Items are given by numbers, which stand for places in the list of all items there are at the time. */
export type Action = ProcessAction | Mishap;

/** What a process does, or what happens to it. */
export type ProcessAction =
  | {
      readonly kind: "reopen";
      readonly process: ProcessIndex;
      readonly build: Build;
      readonly sync: SyncMode | false;
    }
  | {
      readonly kind: "sync";
      readonly process: ProcessIndex;
      readonly mode: SyncMode;
      readonly prune: boolean;
    }
  | {
      readonly kind: "register";
      readonly process: ProcessIndex;
      readonly type: number;
      readonly plugin: DeclaredPlugin;
    }
  | {
      readonly kind: "update";
      readonly process: ProcessIndex;
      readonly item: number;
      readonly patch: { readonly status?: Status; readonly priority?: number; readonly description?: string };
      readonly version: "none" | "present" | "old";
    }
  | {
      readonly kind: "bulk";
      readonly process: ProcessIndex;
      readonly items: readonly number[];
      readonly action: ModelledBulkAction;
    }
  | {
      readonly kind: "reorder";
      readonly process: ProcessIndex;
      readonly items: readonly number[];
      readonly status: Status | undefined;
    }
  | { readonly kind: "retire" | "restore"; readonly process: ProcessIndex; readonly items: readonly number[] }
  | { readonly kind: "purge"; readonly process: ProcessIndex }
  /** Its clock is set, so many hours on or back. */
  | { readonly kind: "step"; readonly process: ProcessIndex; readonly hours: number };

/** What happens to the database. */
export type Mishap =
  | { readonly kind: "edit"; readonly item: number; readonly edit: HandEdit; readonly raise: 0 | 1 }
  /** A copy of the database is made, as it is now. */
  | { readonly kind: "copy" }
  /** The last copy takes its place, with changes of its own up to the same revision or without. */
  | { readonly kind: "promote"; readonly isLevel: boolean };

/** What the process loses of its commit, if that process is the one whose connections are bad. */
export type Change = Action & { readonly lost?: Lost | undefined };

const status = fc.constantFrom<Status>("active", "reserve", "disable");
const priority = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-32768, -32767, 32766, 32767) },
);
const description = fc.constantFrom("", "first", "second");
const mode = fc.constantFrom<SyncMode>("create", "update");

/** A name before and after a renaming, for one thing of the code. */
const names = (name: string) =>
  fc.constantFrom({ name, formerName: undefined }, { name: `${name}, renamed`, formerName: name });

function plugin(module: string, name: string): fc.Arbitrary<DeclaredPlugin> {
  return fc
    .tuple(names(name), status, priority, description)
    .map(([named, status, priority, description]) => ({ module, ...named, status, priority, description }));
}

const plugins = fc
  .tuple(plugin("one", "a"), plugin("one", "A"), plugin("two", "a"), plugin("two", "á"))
  .chain((all) => fc.shuffledSubarray(all));

function type(manager: string, name: string): fc.Arbitrary<DeclaredType> {
  return fc
    .tuple(names(name), description, plugins)
    .map(([named, description, plugins]) => ({ manager, ...named, description, plugins }));
}

export const build: fc.Arbitrary<Build> = fc
  .tuple(type("x", "t"), type("y", "t"), type("y", "T"))
  .chain((all) => fc.shuffledSubarray(all));

const process = fc.constantFrom<ProcessIndex>(0, 1);
const item = fc.nat({ max: 20 });
const items = fc.array(item, { maxLength: 6 });

const registered = fc.constantFrom("late", "later").chain((name) => plugin("three", name));

const change: fc.Arbitrary<ProcessAction> = fc.oneof(
  fc.record({
    kind: fc.constant("reopen" as const),
    process,
    build,
    sync: fc.oneof(mode, fc.constant(false as const)),
  }),
  fc.record({ kind: fc.constant("sync" as const), process, mode, prune: fc.boolean() }),
  fc.record({ kind: fc.constant("register" as const), process, type: item, plugin: registered }),
  fc.record({
    kind: fc.constant("update" as const),
    process,
    item,
    patch: fc.record({ status, priority, description }, { requiredKeys: [] }),
    version: fc.constantFrom("none", "present", "old"),
  }),
  fc.record({
    kind: fc.constant("bulk" as const),
    process,
    items,
    action: fc.constantFrom<ModelledBulkAction>("activate", "reserve", "disable", "raise", "lower"),
  }),
  fc.record({
    kind: fc.constant("reorder" as const),
    process,
    items,
    status: fc.option(status, { nil: undefined }),
  }),
  fc.record({ kind: fc.constantFrom("retire" as const, "restore" as const), process, items }),
  fc.record({ kind: fc.constant("purge" as const), process }),
);

const mishap: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant("step" as const),
    process,
    hours: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    kind: fc.constant("edit" as const),
    item,
    edit: fc.constantFrom(...handEdits),
    raise: fc.constantFrom<0 | 1>(0, 1),
  }),
  fc.record({ kind: fc.constant("copy" as const) }),
  fc.record({ kind: fc.constant("promote" as const), isLevel: fc.boolean() }),
);

export const action: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(change, fc.option(fc.constantFrom<Lost>("statement", "answer"), { nil: undefined }))
      .map(([change, lost]) => ({ ...change, lost })),
  },
  { weight: 1, arbitrary: mishap },
);
