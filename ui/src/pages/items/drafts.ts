import type { ItemChange, ItemInfo, PreviewRequest } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { readNumber } from "../../numbers/read-number.ts";
import { isPriority } from "../item/item-values.ts";

/** What an operator typed into the list and has not saved. */
export interface Draft {
  /** The item as it was when the operator began, so that a later change by somebody else is noticed. */
  readonly base: ItemInfo;
  readonly status: Status;
  /** As typed, which may be no number yet. */
  readonly priority: string;
}

export type Drafts = ReadonlyMap<string, Draft>;

export const draftOf = (item: ItemInfo): Draft => ({
  base: item,
  status: item.status,
  priority: String(item.priority),
});

export function parsePriority(typed: string): number | undefined {
  const read = readNumber(typed);
  return read.kind === "number" && isPriority(read.value) ? read.value : undefined;
}

function isChanged({ base, status, priority }: Draft): boolean {
  return status !== base.status || parsePriority(priority) !== base.priority;
}

/** The drafts with one more change; one that is as it was before is none. */
export function withDraft(drafts: Drafts, draft: Draft): Drafts {
  const next = new Map(drafts);
  if (isChanged(draft)) next.set(draft.base.id, draft);
  else next.delete(draft.base.id);
  return next;
}

export const areValid = (drafts: Drafts): boolean =>
  [...drafts.values()].every((draft) => parsePriority(draft.priority) !== undefined);

/** What to send for the drafts: only what differs. */
export function changesOf(drafts: Drafts): (ItemChange & { readonly id: string })[] {
  return [...drafts.values()].map(({ base, status, priority: typed }) => {
    const priority = parsePriority(typed) ?? base.priority;
    return {
      id: base.id,
      version: base.version,
      ...(status === base.status ? {} : { status }),
      ...(priority === base.priority ? {} : { priority }),
    };
  });
}

/** What saving the drafts would change, for its impact: by the items as they are by now. */
export const previewOf = (drafts: Drafts): PreviewRequest => ({
  updates: changesOf(drafts).map(({ version: _, ...change }) => change),
});
