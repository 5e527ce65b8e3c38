import { useState } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { conflictOf } from "../../api/api-error.ts";
import { useChangeItems } from "../../api/mutations.ts";
import { describeError } from "../../components/describe-error.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { useReason } from "../../reasons/use-reason.ts";
import { useLeaveGuard } from "../../use-leave-guard.ts";
import { changesOf, type Draft, type Drafts, draftOf, withDraft } from "./drafts.ts";

const none: Drafts = new Map();

/** What was typed into the list, and its one save. */
export function useDrafts() {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const change = useChangeItems(reason.said);
  const [drafts, setDrafts] = useState(none);
  const [conflicts, setConflicts] = useState<readonly ItemInfo[]>([]);
  useLeaveGuard(drafts.size > 0, text("items.leave"));

  function save(wanted: Drafts) {
    setConflicts([]);
    setDrafts(wanted);
    if (wanted.size === 0) return;
    change.mutate(
      { items: changesOf(wanted) },
      {
        onSuccess: ({ changed, revision }) => {
          setDrafts(none);
          reason.clear();
          toast(
            "good",
            changed === 0 ? text("items.changed.none") : text("items.changed", { count: changed }),
            changed === 0 ? undefined : revision,
          );
        },
        onError: (error) => {
          const current = conflictOf(error)?.current ?? [];
          if (current.length > 0) {
            setConflicts(current);
            return;
          }
          const { title, detail = "" } = describeError(error, text);
          toast("bad", text("items.failed", { title, detail }));
        },
      },
    );
  }

  /** With the operator's choice for each item that somebody else had changed. */
  function resolved(keepsMine: ReadonlySet<string>): Drafts {
    let next = drafts;
    for (const item of conflicts) {
      const draft = drafts.get(item.id);
      if (draft === undefined) continue;
      next = withDraft(next, keepsMine.has(item.id) ? rebase(draft, item) : draftOf(item));
    }
    return next;
  }

  return {
    drafts,
    reason,
    conflicts,
    isSaving: change.isPending,
    draftOf: (item: ItemInfo) => drafts.get(item.id) ?? draftOf(item),
    edit: (draft: Draft) => setDrafts((before) => withDraft(before, draft)),
    discard: () => setDrafts(none),
    save: () => save(drafts),
    resolved,
    /** Saves again what was chosen. */
    resolve: (keepsMine: ReadonlySet<string>) => save(resolved(keepsMine)),
    giveUp: () => setConflicts([]),
  };
}

/** What the operator wanted, over what somebody else made of the item: only the fields that were touched. */
function rebase(draft: Draft, item: ItemInfo): Draft {
  return {
    base: item,
    status: draft.status === draft.base.status ? item.status : draft.status,
    priority: draft.priority === String(draft.base.priority) ? String(item.priority) : draft.priority,
  };
}
