import { Menu } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { Icon } from "../components/icon.tsx";
import { useText } from "../i18n/use-text.ts";
import { useRelease } from "./use-release.ts";

interface HoldMenuItemsProps {
  readonly item: ItemInfo;
  readonly onHold: () => void;
}

/** What a menu offers of an item's hold. */
export function HoldMenuItems({ item, onHold }: HoldMenuItemsProps) {
  const text = useText();
  const { release } = useRelease(item);
  return (
    <>
      <Menu.Item leftSection={<Icon name="clock" size={16} />} onClick={onHold}>
        {text(item.hold === null ? "hold.ask" : "hold.change")}
      </Menu.Item>
      {(item.hold !== null || item.readiness.kind === "cooling") && (
        <Menu.Item leftSection={<Icon name="play" size={16} />} onClick={release}>
          {text("hold.release")}
        </Menu.Item>
      )}
    </>
  );
}
