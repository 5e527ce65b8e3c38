import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { usePlugins } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";

/** Offered where the type has a plugin that more items can be made of. */
export function AddItemButton({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const plugins = usePlugins(type.id).data?.plugins ?? [];
  if (!type.mayWrite || plugins.length === 0) return null;
  return (
    <Button
      component={Link}
      href={paths.addItem(type.id)}
      size="xs"
      leftSection={<Icon name="plus" size={14} />}
    >
      {text("config.add")}
    </Button>
  );
}
