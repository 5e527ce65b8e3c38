import { Alert } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";

/** Who took the item out of use, and what brings it back. */
export function RetiredNotice({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const format = useFormat();
  if (item.retiredAt === null) return null;
  const kind = item.retiredBy === "sync" ? "retiredBySync" : "retiredByOperator";
  return (
    <Alert
      color="gray"
      variant="outline"
      mb="md"
      title={text(`item.${kind}`, { when: format.relative(item.retiredAt) })}
    >
      {text(`item.${kind}.hint`)}
    </Alert>
  );
}
