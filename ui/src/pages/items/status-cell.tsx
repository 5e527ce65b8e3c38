import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../components/item-title.ts";
import { StatusBadge, statusTones } from "../../components/status-badge.tsx";
import tones from "../../components/tone.module.css";
import { useText } from "../../i18n/use-text.ts";
import { checkedStatus, statuses } from "../../statuses.ts";
import styles from "./edit-cells.module.css";
import { useList } from "./list-context.ts";

export function StatusCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const { draftOf, edit } = useList();
  if (item.retiredAt !== null) return <StatusBadge status="retired" />;
  if (!item.mayWrite) return <StatusBadge status={item.status} />;
  const draft = draftOf(item);
  const isChanged = draft.status !== draft.base.status;
  return (
    <select
      className={`${styles.field} ${isChanged ? styles.changed : tones[statusTones[draft.status]]}`}
      aria-label={text("items.statusOf", { item: itemTitle(item) })}
      disabled={item.managed !== null}
      value={draft.status}
      onChange={(event) =>
        edit({ ...draft, status: checkedStatus(event.currentTarget.value) ?? draft.status })
      }
    >
      {statuses.map((status) => (
        <option key={status} value={status}>
          {text(`status.${status}`)}
        </option>
      ))}
    </select>
  );
}
