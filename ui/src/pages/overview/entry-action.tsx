import { Button } from "@mantine/core";
import type { ExplainedItem, ItemName } from "../../../../src/admin/contract/contract.ts";
import { useType } from "../../api/queries.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useRelease } from "../../holds/use-release.ts";
import { useText } from "../../i18n/use-text.ts";
import { bestItem, servable } from "./best-item.ts";
import type { Entry } from "./standing.ts";

interface EntryActionProps {
  readonly entry: Entry;
  readonly onServe: (item: ItemName) => void;
}

const releasable: ReadonlySet<string> = new Set(["item-circuit", "item-unauthorized", "item-exhausted"]);

/** One button where one helps: another item serves, or what was put aside is tried again. */
export function EntryAction({ entry, onServe }: EntryActionProps) {
  const { code, type, item } = entry;
  if (type === undefined) return null;
  if (servable.has(code)) return <ServeButton entry={entry} typeId={type.id} onServe={onServe} />;
  if (releasable.has(code) && item !== undefined) return <Release typeId={type.id} itemId={item.id} />;
  return null;
}

interface ServeButtonProps extends EntryActionProps {
  readonly typeId: string;
}

function ServeButton({ entry, typeId, onServe }: ServeButtonProps) {
  const text = useText();
  const type = useType(typeId).data;
  const best = type?.mayWrite ? bestItem(entry, type) : undefined;
  if (best === undefined) return null;
  return (
    <Button size="xs" onClick={() => onServe(best)}>
      {text("overview.serve", { item: itemTitle(best) })}
    </Button>
  );
}

function Release({ typeId, itemId }: { readonly typeId: string; readonly itemId: string }) {
  const type = useType(typeId).data;
  const item = type?.mayWrite ? type.items.find(({ id }) => id === itemId) : undefined;
  return item === undefined ? null : <ReleaseButton item={item} />;
}

function ReleaseButton({ item }: { readonly item: ExplainedItem }) {
  const text = useText();
  const { isPending, release } = useRelease(item);
  return (
    <Button size="xs" variant="default" loading={isPending} onClick={release}>
      {text("overview.release", { item: itemTitle(item) })}
    </Button>
  );
}
