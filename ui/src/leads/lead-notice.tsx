import { Alert, Button, Group } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { Countdown } from "../components/countdown.tsx";
import { itemTitle } from "../components/item-title.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { useEndLead } from "./use-end-lead.ts";

interface LeadNoticeProps {
  readonly item: ItemInfo;
  /** What serves after it, where that is known. */
  readonly next?: ItemInfo | undefined;
}

/** Which item is first until when, who decided so, what comes after, and a button that ends it now. */
export function LeadNotice({ item, next }: LeadNoticeProps) {
  const text = useText();
  const format = useFormat();
  const { isPending, endLead } = useEndLead(item);
  const { lead } = item;
  if (lead === null || item.retiredAt !== null) return null;
  const values = { item: itemTitle(item), when: format.moment(lead.until) };
  const title =
    next === undefined || next.id === item.id
      ? text("lead.first", values)
      : text("lead.then", { ...values, next: itemTitle(next) });
  return (
    <Alert color="gray" variant="outline" mb="md" title={title}>
      <Group gap="sm">
        <span>{text("lead.by", { when: format.relative(lead.since), actor: lead.by })}</span>
        <Countdown label={text("lead.ends")} until={lead.until} />
        {item.mayWrite && (
          <Button variant="default" size="xs" loading={isPending} onClick={endLead}>
            {text("lead.end")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
