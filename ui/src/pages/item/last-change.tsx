import { Text } from "@mantine/core";
import { useHistory } from "../../api/queries.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { useText } from "../../i18n/use-text.ts";

/** Who it was, and when: whom to talk to before deciding. */
export function LastChange({ itemId }: { readonly itemId: string }) {
  const text = useText();
  const [entry] = useHistory({ entity: itemId, limit: 1 }).data?.pages[0]?.entries ?? [];
  if (entry === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      {entry.actor === null ? text("history.byNobody") : text("history.by", { actor: entry.actor })} ·{" "}
      {text(`history.source.${entry.source}`)} · <RelativeTime at={entry.at} />
    </Text>
  );
}
