import { Menu } from "@mantine/core";
import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import { statuses } from "../../statuses.ts";
import type { Lanes } from "./lanes.ts";

interface MoveMenuItemsProps {
  readonly item: ExplainedItem;
  readonly lane: Status;
  readonly lanes: Lanes;
  readonly isSaving: boolean;
  readonly onMove: (id: string, to: Status, index: number) => void;
}

/** The same as dragging, in single steps: for the keyboard, and for long lanes. */
export function MoveMenuItems({ item, lane, lanes, isSaving, onMove }: MoveMenuItemsProps) {
  const text = useText();
  const ids = lanes[lane];
  const index = ids.indexOf(item.id);
  return (
    <>
      <Menu.Item disabled={isSaving || index < 1} onClick={() => onMove(item.id, lane, 0)}>
        {text("type.move.top")}
      </Menu.Item>
      <Menu.Item
        leftSection={<Icon name="up" size={16} />}
        disabled={isSaving || index < 1}
        onClick={() => onMove(item.id, lane, index - 1)}
      >
        {text("type.move.up")}
      </Menu.Item>
      <Menu.Item
        leftSection={<Icon name="down" size={16} />}
        disabled={isSaving || index === ids.length - 1}
        onClick={() => onMove(item.id, lane, index + 1)}
      >
        {text("type.move.down")}
      </Menu.Item>
      <Menu.Divider />
      {statuses
        .filter((status) => status !== lane)
        .map((status) => (
          <Menu.Item
            key={status}
            disabled={isSaving}
            onClick={() => onMove(item.id, status, lanes[status].length)}
          >
            {text(`type.move.${status}`)}
          </Menu.Item>
        ))}
    </>
  );
}
