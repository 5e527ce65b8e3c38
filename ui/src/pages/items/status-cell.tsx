import { NativeSelect } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/api.ts";
import { itemTitle } from "../../components/item-title.ts";
import { StatusBadge, statusTones } from "../../components/status-badge.tsx";
import tones from "../../components/tone.module.css";
import { useText } from "../../i18n/use-text.ts";
import { checkedStatus, statuses } from "../../statuses.ts";
import styles from "./edit-cells.module.css";
import { useList } from "./list-context.ts";

export function StatusCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const { mayWrite, draftOf, edit } = useList();
  if (item.retiredAt !== null) return <StatusBadge status="retired" />;
  if (!mayWrite(item)) return <StatusBadge status={item.status} />;
  const draft = draftOf(item);
  const isChanged = draft.status !== draft.base.status;
  return (
    <NativeSelect
      size="xs"
      aria-label={text("items.statusOf", { item: itemTitle(item) })}
      value={draft.status}
      onChange={(event) =>
        edit({ ...draft, status: checkedStatus(event.currentTarget.value) ?? draft.status })
      }
      data={statuses.map((status) => ({ value: status, label: text(`status.${status}`) }))}
      classNames={{ input: (isChanged ? styles.changed : tones[statusTones[draft.status]]) ?? "" }}
      w="7.5rem"
    />
  );
}
