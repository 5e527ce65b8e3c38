import { Table } from "@mantine/core";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { FieldValue } from "../history/field-value.tsx";
import styles from "./conflict-table.module.css";
import { type ItemEdits, type ItemValues, itemFields } from "./item-values.ts";

interface ConflictTableProps {
  readonly edits: ItemEdits;
  readonly theirs: ItemValues;
}

/** Both versions field by field. What the operator has not touched stays theirs, whatever the choice. */
export function ConflictTable({ edits, theirs }: ConflictTableProps) {
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
        {itemFields.map((field) => {
          const isTouched = field in edits;
          const differs = isTouched && edits[field] !== theirs[field];
          return (
            <Table.Tr key={field} className={differs ? (styles.differs ?? "") : ""}>
              <Table.Th scope="row">
                {text(`word.${field}`)}
                {differs && (
                  <>
                    {" "}
                    <ToneBadge tone="warn">{text("item.conflict.differs")}</ToneBadge>
                  </>
                )}
              </Table.Th>
              <Table.Td>
                {isTouched ? (
                  <FieldValue field={field} value={edits[field]} />
                ) : (
                  <span className={styles.untouched}>{text("item.conflict.untouched")}</span>
                )}
              </Table.Td>
              <Table.Td>
                <FieldValue field={field} value={theirs[field]} />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
