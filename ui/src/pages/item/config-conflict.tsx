import { Text } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import { ConfigPath } from "../../config-form/config-path.tsx";
import { useText } from "../../i18n/use-text.ts";
import { type DraftValue, isSameJson } from "../../json.ts";
import { configLeaves } from "./config-leaves.ts";
import { ConfigValue } from "./config-value.tsx";
import { ConflictTable } from "./conflict-table.tsx";

/** What two operators made of one config. */
export interface ConfigConflict {
  /** The config that both started from. */
  readonly base: JsonValue;
  readonly mine: DraftValue;
  /** The item as the other one left it. */
  readonly theirs: ItemInfo;
}

interface ConfigConflictProps {
  readonly conflict: ConfigConflict;
  readonly secrets: readonly string[];
}

/** Both configs where either was changed, value by value. */
export function ConfigConflictRows({ conflict, secrets }: ConfigConflictProps) {
  const text = useText();
  const base = configLeaves(conflict.base);
  const mine = configLeaves(conflict.mine);
  const theirs = configLeaves(conflict.theirs.config);
  const paths = [...new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])];
  const isTouched = (config: typeof base, path: string) => !isSameJson(config.get(path), base.get(path));
  const changed = paths.filter((path) => isTouched(mine, path) || isTouched(theirs, path));
  if (changed.length === 0) return <Text size="sm">{text("config.conflict.other")}</Text>;
  const rows = changed.map((path) => {
    const isSecret = secrets.includes(path);
    return {
      key: path,
      name: <ConfigPath path={path} />,
      mine: isTouched(mine, path) ? <ConfigValue value={mine.get(path)} isSecret={isSecret} /> : undefined,
      theirs: <ConfigValue value={theirs.get(path)} isSecret={isSecret} />,
      isSame: isSameJson(mine.get(path), theirs.get(path)),
    };
  });
  return <ConflictTable rows={rows} />;
}
