import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { HoldActions } from "../../holds/hold-actions.tsx";
import { useText } from "../../i18n/use-text.ts";
import { ServeNowModal } from "../../serve-now/serve-now-modal.tsx";
import { DuplicateModal } from "./duplicate-modal.tsx";
import { RenameModal } from "./rename-modal.tsx";

/** What can be done with an item beside changing it: a hold; where its plugin takes configs another name, and another like it. */
export function ItemActions({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const [asks, setAsks] = useState<"rename" | "duplicate" | "serve">();
  const close = () => setAsks(undefined);
  return (
    <>
      <Group gap="xs">
        {item.retiredAt === null && item.reason !== "selected" && (
          <Button variant="default" size="xs" onClick={() => setAsks("serve")}>
            {text("serveNow.action")}
          </Button>
        )}
        <HoldActions item={item} />
        {item.plugin !== null && item.managed === null && (
          <Button variant="default" size="xs" onClick={() => setAsks("rename")}>
            {text("item.rename")}
          </Button>
        )}
        {item.plugin !== null && (
          <Button variant="default" size="xs" onClick={() => setAsks("duplicate")}>
            {text("item.duplicate")}
          </Button>
        )}
      </Group>
      {asks === "serve" && <ServeNowModal item={item} onClose={close} />}
      <RenameModal item={item} opened={asks === "rename"} onClose={close} />
      <DuplicateModal item={item} opened={asks === "duplicate"} onClose={close} />
    </>
  );
}
