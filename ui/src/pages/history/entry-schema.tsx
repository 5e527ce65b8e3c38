import { type ReactNode, use } from "react";
import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { usePlugins } from "../../api/queries.ts";
import { ConfigSchemaContext } from "../../config-form/config-path.tsx";

interface EntrySchemaProps {
  readonly entry: Pick<HistoryEntry, "item" | "before" | "after"> & { readonly typeId: string | null };
  readonly children: ReactNode;
}

/** Has places in the configs that an entry tells of be called what the form calls them, once that is known. */
export function EntrySchema({ entry, children }: EntrySchemaProps) {
  const known = use(ConfigSchemaContext);
  const { item, typeId, before, after } = entry;
  const isOfConfig = [before, after].some((side) => side !== null && "config" in side);
  if (known !== null || typeId === null || item === null || !isOfConfig) return children;
  return (
    <WithSchema typeId={typeId} item={item}>
      {children}
    </WithSchema>
  );
}

interface WithSchemaProps {
  readonly typeId: string;
  readonly item: NonNullable<HistoryEntry["item"]>;
  readonly children: ReactNode;
}

function WithSchema({ typeId, item, children }: WithSchemaProps) {
  const plugins = usePlugins(typeId).data?.plugins ?? [];
  const plugin = plugins.find(({ module, name }) => module === item.module && name === item.name);
  return <ConfigSchemaContext value={plugin?.schema ?? null}>{children}</ConfigSchemaContext>;
}
