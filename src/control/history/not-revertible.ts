/** Why a change cannot be reverted, in the order in which it is asked. */
export const notRevertibleReasons = [
  "kind",
  "purged",
  "access",
  "invalid",
  "managed",
  "changed-since",
  "config",
  "secrets",
] as const;

/**
 * Why a change cannot be reverted:
 * - `kind`: it is no change of what operators decide, as what was created, purged or renamed, and all of types.
 * - `purged`: its item is gone.
 * - `access`: whoever asks may not change items of its type.
 * - `invalid`: the history has a value that no item can have.
 * - `managed`: a file manages the item.
 * - `changed-since`: what it changed was changed again.
 * - `config`: the plugin's code reads configs in another way by now, or is not in this process.
 * - `secrets`: it replaced secrets, whose values the history does not keep.
 */
export type NotRevertible = (typeof notRevertibleReasons)[number];
