import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { ItemDetail } from "../../../../src/admin/api.ts";
import { useText } from "../../i18n/use-text.ts";
import { DuplicateModal } from "./duplicate-modal.tsx";
import { RenameModal } from "./rename-modal.tsx";

/** What a plugin with configs allows beside changing one: another name for the item, and another item like it. */
export function ItemActions({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const [asks, setAsks] = useState<"rename" | "duplicate">();
  const close = () => setAsks(undefined);
  return (
    <>
      <Group gap="xs">
        {item.managed === null && (
          <Button variant="default" size="xs" onClick={() => setAsks("rename")}>
            {text("item.rename")}
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => setAsks("duplicate")}>
          {text("item.duplicate")}
        </Button>
      </Group>
      <RenameModal item={item} opened={asks === "rename"} onClose={close} />
      <DuplicateModal item={item} opened={asks === "duplicate"} onClose={close} />
    </>
  );
}
