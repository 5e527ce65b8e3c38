import { Table, Text } from "@mantine/core";
import { CodeName } from "../../components/code-name.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { isSameJson } from "../../json.ts";
import type { ConfigConflict } from "./config-conflict-modal.tsx";
import { configLeaves } from "./config-leaves.ts";
import { ConfigValue } from "./config-value.tsx";
import styles from "./conflict-table.module.css";

interface ConfigConflictTableProps {
  readonly conflict: ConfigConflict;
  readonly secrets: readonly string[];
}

/** What either has changed, value by value. What the operator has not touched stays theirs, whatever the choice. */
export function ConfigConflictTable({ conflict, secrets }: ConfigConflictTableProps) {
  const text = useText();
  const base = configLeaves(conflict.base);
  const mine = configLeaves(conflict.mine);
  const theirs = configLeaves(conflict.theirs.config);
  const paths = [...new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])];
  const changed = paths.filter((path) =>
    [mine, theirs].some((config) => !isSameJson(config.get(path), base.get(path))),
  );
  if (changed.length === 0) return <Text size="sm">{text("config.conflict.other")}</Text>;
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
        {changed.map((path) => {
          const isTouched = !isSameJson(mine.get(path), base.get(path));
          const differs = isTouched && !isSameJson(mine.get(path), theirs.get(path));
          const isSecret = secrets.includes(path);
          return (
            <Table.Tr key={path} className={differs ? (styles.differs ?? "") : ""}>
              <Table.Th scope="row">
                <CodeName name={path} />
                {differs && (
                  <>
                    {" "}
                    <ToneBadge tone="warn">{text("item.conflict.differs")}</ToneBadge>
                  </>
                )}
              </Table.Th>
              <Table.Td>
                {isTouched ? (
                  <ConfigValue value={mine.get(path)} isSecret={isSecret} />
                ) : (
                  <span className={styles.untouched}>{text("item.conflict.untouched")}</span>
                )}
              </Table.Td>
              <Table.Td>
                <ConfigValue value={theirs.get(path)} isSecret={isSecret} />
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
