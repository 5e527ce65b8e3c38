import fc from "fast-check";
import type { Status } from "plugbay";

/** How an instance is made: with `same`, another item's instance is given. */
export type Making = "at once" | "slowly" | "fails" | "fails slowly" | "same";

/** Items, gates and leases are given by numbers, which stand for places in the lists there are at the time. */
export type InstanceAction =
  | {
      readonly kind: "configure";
      readonly item: number;
      readonly making: Making;
      readonly endsSlowly: boolean;
      readonly isByOther: boolean;
    }
  /** Goes back to an earlier config. */
  | { readonly kind: "go back"; readonly item: number; readonly config: number }
  | { readonly kind: "status"; readonly item: number; readonly status: Status; readonly isByOther: boolean }
  | { readonly kind: "priority"; readonly item: number; readonly priority: number }
  | { readonly kind: "retire" | "restore" | "get by id" | "fall ill"; readonly item: number }
  | { readonly kind: "pass"; readonly gate: number }
  | { readonly kind: "lease" | "register" | "recover" }
  | { readonly kind: "release"; readonly lease: number }
  | { readonly kind: "run"; readonly fails: boolean; readonly isSlow: boolean; readonly timeoutMs?: number }
  | { readonly kind: "wait"; readonly ms: number };

const item = fc.nat({ max: 3 });
const number = fc.nat({ max: 20 });
const making = fc.constantFrom<Making>("at once", "slowly", "slowly", "fails", "fails slowly", "same");

export const instanceAction: fc.Arbitrary<InstanceAction> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("configure" as const),
      item,
      making,
      endsSlowly: fc.boolean(),
      isByOther: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("go back" as const), item, config: number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("status" as const),
      item,
      status: fc.constantFrom<Status>("active", "reserve", "disable"),
      isByOther: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("priority" as const),
      item,
      priority: fc.integer({ min: -2, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("retire" as const, "restore" as const, "get by id" as const, "fall ill" as const),
      item,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass" as const), gate: number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("lease" as const, "lease" as const, "register" as const, "recover" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("release" as const), lease: number }) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        kind: fc.constant("run" as const),
        fails: fc.boolean(),
        isSlow: fc.boolean(),
        timeoutMs: fc.constant(4_000),
      },
      { requiredKeys: ["kind", "fails", "isSlow"] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(0, 1_000, 5_000, 29_000, 31_000),
    }),
  },
);
