import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { ItemName as ItemNameInfo } from "../../../src/admin/api.ts";
import { paths } from "../paths.ts";
import { CodeName } from "./code-name.tsx";
import styles from "./item-name.module.css";

interface ItemNameProps {
  readonly item: ItemNameInfo;
  readonly isLink?: boolean;
  readonly withModule?: boolean;
}

/** Name, label and module of an item, as the code spells them. */
export function ItemName({ item, isLink = true, withModule = true }: ItemNameProps) {
  const name = <CodeName name={item.name} />;
  return (
    <span>
      {isLink ? (
        <Anchor component={Link} href={paths.item(item.id)} fw={600} inherit>
          {name}
        </Anchor>
      ) : (
        name
      )}
      {item.label !== "" && (
        <span className={styles.label}>
          <bdi>{item.label}</bdi>
        </span>
      )}
      {withModule && (
        <span className={styles.module}>
          <CodeName name={item.module} />
        </span>
      )}
    </span>
  );
}
