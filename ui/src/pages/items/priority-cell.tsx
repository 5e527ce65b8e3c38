import { useId } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { stepOf, stepped } from "../../numbers/step-number.ts";
import { priorityRange } from "../item/item-values.ts";
import { parsePriority } from "./drafts.ts";
import styles from "./edit-cells.module.css";
import { useList } from "./list-context.ts";

export function PriorityCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const format = useFormat();
  const errorId = useId();
  const { draftOf, edit } = useList();
  if (item.retiredAt !== null || !item.mayWrite) {
    return <span className="tabular">{format.number(item.priority)}</span>;
  }
  const draft = draftOf(item);
  const priority = parsePriority(draft.priority);
  const isWrong = priority === undefined;
  const isChanged = priority !== draft.base.priority;
  return (
    <>
      <input
        className={`${styles.field} ${styles.priority} ${isChanged ? styles.changed : ""}`}
        // A box of the browser's for numbers drops what it does not understand, and takes the rest.
        type="text"
        autoComplete="off"
        dir="ltr"
        aria-label={text("items.priorityOf", { item: itemTitle(item) })}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? errorId : undefined}
        disabled={item.managed !== null}
        value={draft.priority}
        onChange={(event) => edit({ ...draft, priority: event.currentTarget.value })}
        onKeyDown={(event) => {
          const step = stepOf(event);
          if (step === undefined || priority === undefined) return;
          event.preventDefault();
          const limits = { minimum: priorityRange.lowest, maximum: priorityRange.highest };
          edit({ ...draft, priority: String(stepped(priority, step, limits)) });
        }}
      />
      {isWrong && (
        <span id={errorId} className={styles.error}>
          {text("items.priority.range")}
        </span>
      )}
    </>
  );
}
