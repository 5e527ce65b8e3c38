import { Text } from "@mantine/core";
import type { PurgeResult } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "./purged-rows.module.css";

/** The rows that go, with their numbers, and what stays of them. */
export function PurgedRows({ plan }: { readonly plan: PurgeResult }) {
  const text = useText();
  const { items, types, historyEntries } = plan;
  return (
    <div className={styles.rows}>
      <h3>{text("item.purge.items", { count: items.length })}</h3>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <ItemName item={item} isLink={false} withModule={false} />{" "}
            <bdi className={styles.origin}>
              {item.module} · {item.type.manager} / {item.type.name}
            </bdi>
          </li>
        ))}
      </ul>
      {types.length > 0 && (
        <>
          <h3>{text("item.purge.types", { count: types.length })}</h3>
          <ul>
            {types.map((type) => (
              <li key={JSON.stringify([type.manager, type.name])}>
                <bdi>
                  {type.manager} / {type.name}
                </bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <Text size="sm" c="dimmed">
        {text("item.purge.history", { count: historyEntries })}
      </Text>
    </div>
  );
}
