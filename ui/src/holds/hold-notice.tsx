import { Alert, Group } from "@mantine/core";
import type { ItemDetail } from "../../../src/admin/contract/contract.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { HoldNote } from "./hold-note.tsx";

/** Who holds the item, why, and until when. */
export function HoldNotice({ item: { hold } }: { readonly item: ItemDetail }) {
  const text = useText();
  const format = useFormat();
  if (hold === null) return null;
  const when = format.relative(hold.since);
  return (
    <Alert color="gray" variant="outline" mb="md" title={text("hold.notice", { when, actor: hold.by })}>
      <Group gap="xs">
        <HoldNote hold={hold} />
      </Group>
    </Alert>
  );
}
