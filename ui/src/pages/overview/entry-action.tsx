import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { ExplainedItem, ItemName } from "../../../../src/admin/contract/contract.ts";
import { useType } from "../../api/queries.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { useRelease } from "../../holds/use-release.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { bestItem, servable } from "./best-item.ts";
import type { Entry } from "./standing.ts";

interface EntryActionProps {
  readonly entry: Entry;
  readonly onServe: (item: ItemName) => void;
}

const releasable: ReadonlySet<string> = new Set(["item-circuit", "item-unauthorized", "item-exhausted"]);
const ofProcesses: ReadonlySet<string> = new Set([
  "process-behind",
  "process-silent",
  "versions-differ",
  "registries-differ",
]);

/** One button: it mends the entry where a click can, else it leads to the place where that is done. */
export function EntryAction({ entry, onServe }: EntryActionProps) {
  const text = useText();
  const { code, type, item, mend } = entry;
  if (type !== undefined && servable.has(code))
    return <ServeButton entry={entry} type={type} onServe={onServe} />;
  if (type !== undefined && item !== undefined && releasable.has(code))
    return <Release typeId={type.id} item={item} />;
  if (item !== undefined) return <Open href={paths.item(item.id)}>{itemTitle(item)}</Open>;
  if (type !== undefined) return <Open href={paths.type(type.id)}>{type.name}</Open>;
  if (ofProcesses.has(code)) return <ToPage href={paths.processes}>{text("overview.processes")}</ToPage>;
  if (mend.command === undefined) return null;
  return <CopyButton value={mend.command} label={text("overview.copy")} size="xs" variant="default" />;
}

interface ToPageProps {
  readonly href: string;
  readonly children: string;
}

function ToPage({ href, children }: ToPageProps) {
  return (
    <Button component={Link} href={href} size="xs" variant="default">
      {children}
    </Button>
  );
}

/** Leads to the page of what has this name. */
function Open({ href, children }: ToPageProps) {
  const text = useText();
  return <ToPage href={href}>{text("overview.open", { name: children })}</ToPage>;
}

interface ServeButtonProps extends EntryActionProps {
  readonly type: NonNullable<Entry["type"]>;
}

function ServeButton({ entry, type: { id, name }, onServe }: ServeButtonProps) {
  const text = useText();
  const type = useType(id).data;
  if (type === undefined) return null;
  const best = type.mayWrite ? bestItem(entry, type) : undefined;
  if (best === undefined) return <Open href={paths.type(id)}>{name}</Open>;
  return (
    <Button size="xs" onClick={() => onServe(best)}>
      {text("overview.serve", { item: itemTitle(best) })}
    </Button>
  );
}

interface ReleaseProps {
  readonly typeId: string;
  readonly item: NonNullable<Entry["item"]>;
}

function Release({ typeId, item }: ReleaseProps) {
  const type = useType(typeId).data;
  if (type === undefined) return null;
  const released = type.mayWrite ? type.items.find(({ id }) => id === item.id) : undefined;
  if (released === undefined) return <Open href={paths.item(item.id)}>{itemTitle(item)}</Open>;
  return <ReleaseButton item={released} />;
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
