import { Button } from "@mantine/core";
import type { ChangeSetInfo } from "../../../../src/admin/contract/contract.ts";
import { Icon } from "../../components/icon.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";

interface RevertAllButtonProps {
  readonly set: ChangeSetInfo;
  readonly onRevertAll: (set: ChangeSetInfo) => void;
}

export function RevertAllButton({ set, onRevertAll }: RevertAllButtonProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<Icon name="undo" size={14} />}
      aria-label={text("history.revertAll.of", { when: format.dateTime(set.at) })}
      onClick={() => onRevertAll(set)}
    >
      {text("history.revertAll")}
    </Button>
  );
}
