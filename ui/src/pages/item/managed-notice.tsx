import { Alert } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { useText } from "../../i18n/use-text.ts";

/** Why an item cannot be changed here, and where it can. */
export function ManagedNotice({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  if (item.managed === null) return null;
  return (
    <Alert color="gray" variant="outline" mb="md" title={text("item.managed")}>
      {text("item.managed.hint")}
    </Alert>
  );
}
