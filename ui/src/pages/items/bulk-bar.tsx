import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { BulkRequest } from "../../../../src/admin/contract/contract.ts";
import { useBulk } from "../../api/mutations.ts";
import { ConfirmModal } from "../../components/confirm-modal.tsx";
import { describeError } from "../../components/describe-error.ts";
import { useToast } from "../../components/toast-context.ts";
import { useText } from "../../i18n/use-text.ts";
import { Impact } from "../../impact/impact.tsx";
import { useReason } from "../../reasons/use-reason.ts";
import styles from "./bars.module.css";
import type { ItemsFilter } from "./items-query.ts";
import type { Selection } from "./use-selection.ts";

type BulkAction = BulkRequest["action"];

interface BulkBarProps {
  readonly selection: Selection;
  readonly filter: ItemsFilter;
  /** How many items the filters find. */
  readonly total: number;
  readonly maySelectAll: boolean;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}

export function BulkBar({ selection, filter, total, maySelectAll, onSelectAll, onClear }: BulkBarProps) {
  const text = useText();
  const toast = useToast();
  const reason = useReason();
  const bulk = useBulk(reason.said);
  const [asked, setAsked] = useState<BulkAction>();
  const count = selection.kind === "all" ? total : selection.ids.size;
  if (count === 0) return null;

  const target = selection.kind === "all" ? { query: filter } : { ids: [...selection.ids] };

  function run(action: BulkAction) {
    bulk.mutate(
      { action, ...target },
      {
        onSuccess: ({ changed, revision }) => {
          toast(
            "good",
            changed === 0 ? text("items.changed.none") : text("items.changed", { count: changed }),
            changed === 0 ? undefined : revision,
          );
          reason.clear();
          onClear();
        },
        onError: (error) => {
          const { title, detail = "" } = describeError(error, text);
          toast("bad", text("items.failed", { title, detail }));
        },
        onSettled: () => setAsked(undefined),
      },
    );
  }

  return (
    <section className={styles.bar} aria-label={text("items.bulk")}>
      <Group gap={4}>
        <Text size="sm" fw={600} role="status">
          {text("items.selected", { count })}
        </Text>
        {maySelectAll && selection.kind === "some" && count < total && (
          <Button size="compact-sm" variant="subtle" onClick={onSelectAll}>
            {text("items.selectAll", { count: total })}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {text("items.clearSelection")}
        </Button>
      </Group>
      <Group gap={6}>
        {actionsFor(filter).map((action) => (
          <Button
            key={action}
            size="xs"
            variant="default"
            {...(action === "raise" || action === "lower" || action === "reset"
              ? { title: text(`items.bulk.${action}.hint`) }
              : {})}
            onClick={() => setAsked(action)}
          >
            {text(`items.bulk.${action}`)}
          </Button>
        ))}
      </Group>
      {asked !== undefined && (
        <ConfirmModal
          opened
          title={text("items.confirm.title")}
          confirm={text(`items.confirm.${asked}`, { count })}
          reason={reason}
          isDangerous={asked === "disable" || asked === "retire"}
          isPending={bulk.isPending}
          onConfirm={() => run(asked)}
          onClose={() => setAsked(undefined)}
        >
          <Text size="sm" fw={600}>
            {text(selection.kind === "all" ? "items.confirm.all" : "items.confirm.some", { count })}
          </Text>
          <Text size="sm" mt="xs">
            {text("items.confirm.atOnce")}
          </Text>
          {(asked === "disable" || asked === "retire" || asked === "reset") && (
            <Text size="sm" mt="xs">
              {text(`items.confirm.${asked}.hint`)}
            </Text>
          )}
          <Impact change={{ action: asked, ...target }} />
        </ConfirmModal>
      )}
    </section>
  );
}

/** Retired items can be restored and nothing else; a list of both kinds can have either done to it. */
function actionsFor({ retired }: ItemsFilter): readonly BulkAction[] {
  if (retired === "true") return ["restore"];
  const usual: readonly BulkAction[] = [
    "activate",
    "reserve",
    "disable",
    "raise",
    "lower",
    "reset",
    "retire",
  ];
  return retired === "include" ? [...usual, "restore"] : usual;
}
