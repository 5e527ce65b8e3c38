import { ActionIcon, Menu } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import { Icon } from "../../components/icon.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { HoldMenuItems } from "../../holds/hold-menu-items.tsx";
import { HoldModal } from "../../holds/hold-modal.tsx";
import { useText } from "../../i18n/use-text.ts";
import { useEndLead } from "../../leads/use-end-lead.ts";
import { ServeNowModal } from "../../serve-now/serve-now-modal.tsx";

interface ItemMenuProps {
  readonly item: ExplainedItem;
  /** How it can be moved, where it can. */
  readonly children: ReactNode;
}

/** What can be done with an item of a lane. */
export function ItemMenu({ item, children }: ItemMenuProps) {
  const text = useText();
  const [asks, setAsks] = useState<"hold" | "serve">();
  const { endLead } = useEndLead(item);
  const close = () => setAsks(undefined);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="inherit"
            aria-label={text(children ? "type.move" : "hold.of", { item: itemTitle(item) })}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {children}
          {children && <Menu.Divider />}
          <Menu.Item leftSection={<Icon name="play" size={16} />} onClick={() => setAsks("serve")}>
            {text("serveNow.action")}
          </Menu.Item>
          {item.lead !== null && (
            <Menu.Item leftSection={<Icon name="undo" size={16} />} onClick={endLead}>
              {text("lead.end")}
            </Menu.Item>
          )}
          <HoldMenuItems item={item} onHold={() => setAsks("hold")} />
        </Menu.Dropdown>
      </Menu>
      {asks === "hold" && <HoldModal item={item} opened onClose={close} />}
      {asks === "serve" && <ServeNowModal item={item} onClose={close} />}
    </>
  );
}
