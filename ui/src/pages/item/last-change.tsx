import { Group } from "@mantine/core";
import { useHistory } from "../../api/queries.ts";
import { EntryOrigin } from "../history/entry-origin.tsx";

/** Who it was, and when: whom to talk to before deciding. */
export function LastChange({ itemId }: { readonly itemId: string }) {
  const [entry] = useHistory({ entity: itemId, limit: 1 }).data?.pages[0]?.entries ?? [];
  return entry === undefined ? null : (
    <Group gap="sm">
      <EntryOrigin entry={entry} />
    </Group>
  );
}
