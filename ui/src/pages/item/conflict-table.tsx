import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "./conflict-table.module.css";

/** One value in both versions. */
export interface ConflictRow {
  readonly key: string;
  readonly name: ReactNode;
  /** undefined: the operator has not touched it, so it stays theirs, whatever the choice. */
  readonly mine: ReactNode | undefined;
  readonly theirs: ReactNode;
  readonly isSame: boolean;
}

export function ConflictTable({ rows }: { readonly rows: readonly ConflictRow[] }) {
  const text = useText();
  return (
    <Table className={styles.table ?? ""}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{text("item.conflict.field")}</Table.Th>
          <Table.Th scope="col">{text("item.conflict.mine")}</Table.Th>
          <Table.Th scope="col">{text("item.conflict.theirs")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, name, mine, theirs, isSame }) => {
          const differs = mine !== undefined && !isSame;
          return (
            <Table.Tr key={key} className={differs ? (styles.differs ?? "") : ""}>
              <Table.Th scope="row">
                {name}
                {differs && (
                  <>
                    {" "}
                    <ToneBadge tone="warn">{text("item.conflict.differs")}</ToneBadge>
                  </>
                )}
              </Table.Th>
              <Table.Td>
                {mine ?? <span className={styles.untouched}>{text("item.conflict.untouched")}</span>}
              </Table.Td>
              <Table.Td>{theirs}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
