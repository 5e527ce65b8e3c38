import { describeType } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { OptionNames } from "../definition/known-options.ts";
import type { RowChange } from "../store/change.ts";
import { ForbiddenError } from "./errors.ts";

/** What somebody may do. */
export interface Rights {
  /** `read` sees everything and changes nothing; `write` may change it. */
  readonly access: "read" | "write";
  /** The types whose items may be changed. Default: all. */
  readonly types?: readonly TypeIdentity[] | undefined;
  /** Whether retired items may be purged, which is for good. Default true, for whoever may write. */
  readonly mayPurge?: boolean | undefined;
  /** Whether changes without a reason are refused. Default false. */
  readonly requireReason?: boolean | undefined;
}

/** A limit that is misspelt would be none. */
export const rightNames: OptionNames<Rights> = {
  access: true,
  types: true,
  mayPurge: true,
  requireReason: true,
};

export function checkAccess({ access }: Rights): void {
  if (access !== "write") throw new ForbiddenError("this needs the right to write");
}

/** Whether the items of a type may be changed. */
export const mayChange = ({ access, types }: Rights, type: TypeIdentity | undefined): boolean =>
  access === "write" &&
  (types === undefined || types.some(({ manager, name }) => manager === type?.manager && name === type.name));

/** Whether retired items of a type may be deleted for good. */
export const mayPurge = (rights: Rights, type: TypeIdentity): boolean =>
  rights.mayPurge !== false && mayChange(rights, type);

export function checkPurge(rights: Rights): void {
  checkAccess(rights);
  if (rights.mayPurge === false) throw new ForbiddenError("this needs the right to purge");
}

/** Refuses changes that touch a type which the rights leave out. */
export function checkTypes(
  rights: Rights,
  changes: readonly RowChange[],
  typeOf: (typeId: string) => TypeIdentity | undefined,
): void {
  if (rights.types === undefined) return;
  for (const { before, after } of changes) {
    const row = after ?? before;
    if (row === null) continue;
    const type = "typeId" in row ? typeOf(row.typeId) : row;
    if (!mayChange(rights, type)) {
      throw new ForbiddenError(`changing items of ${type ? describeType(type) : "an unknown plugin type"}`);
    }
  }
}
