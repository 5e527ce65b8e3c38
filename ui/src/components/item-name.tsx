import type { ItemName as ItemNameInfo } from "../../../src/admin/contract/contract.ts";
import { paths } from "../paths.ts";
import { CodeName } from "./code-name.tsx";
import styles from "./item-name.module.css";
import { TextLink } from "./text-link.tsx";

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
        <TextLink href={paths.item(item.id)} isStrong>
          {name}
        </TextLink>
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
