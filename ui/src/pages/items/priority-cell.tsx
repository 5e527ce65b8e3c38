import { Text, TextInput } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/api.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { parsePriority } from "./drafts.ts";
import styles from "./edit-cells.module.css";
import { useList } from "./list-context.ts";

export function PriorityCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const format = useFormat();
  const { mayWrite, draftOf, edit } = useList();
  if (item.retiredAt !== null || !mayWrite(item)) {
    return (
      <Text inherit span className="tabular">
        {format.number(item.priority)}
      </Text>
    );
  }
  const draft = draftOf(item);
  const priority = parsePriority(draft.priority);
  const isChanged = priority !== draft.base.priority;
  return (
    <TextInput
      size="xs"
      type="number"
      min={-32768}
      max={32767}
      step={1}
      dir="ltr"
      aria-label={text("items.priorityOf", { item: itemTitle(item) })}
      disabled={item.managed !== null}
      value={draft.priority}
      error={priority === undefined ? text("items.priority.range") : undefined}
      onChange={(event) => edit({ ...draft, priority: event.currentTarget.value })}
      classNames={{ input: `${styles.priority} ${isChanged ? styles.changed : ""}` }}
      w="5.5rem"
    />
  );
}
