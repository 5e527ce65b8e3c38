import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { ItemName as ItemNameInfo } from "../../../src/admin/api.ts";
import { paths } from "../paths.ts";
import styles from "./item-name.module.css";

interface ItemNameProps {
  readonly item: ItemNameInfo;
  readonly isLink?: boolean;
  readonly withModule?: boolean;
}

/** Name, label and module of an item, as the code spells them. */
export function ItemName({ item, isLink = true, withModule = true }: ItemNameProps) {
  const name = <bdi className={styles.name}>{item.name}</bdi>;
  return (
    <span>
      {isLink ? (
        <Anchor component={Link} href={paths.item(item.id)} fw={600} inherit>
          {name}
        </Anchor>
      ) : (
        name
      )}
      {item.label !== "" && <bdi className={styles.label}>{item.label}</bdi>}
      {withModule && <bdi className={styles.module}>{item.module}</bdi>}
    </span>
  );
}
