import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./changed-fields.module.css";

/** With which config an item's stored secrets were tried: the stored one, or one with other fields. */
export function TestedWith({ entry: { after } }: { readonly entry: Pick<HistoryEntry, "after"> }) {
  const text = useText();
  const format = useFormat();
  const fields = Array.isArray(after?.differing) ? after.differing.map(String) : [];
  return (
    <p className={styles.none}>
      {fields.length === 0
        ? text("history.tested.stored")
        : text("history.tested.differing", { fields: format.list(fields) })}
    </p>
  );
}
