import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { ToneBadge } from "../components/tone-badge.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

/** That an item is first for a while, and until when; nothing of one that is not. */
export function LeadBadge({
  item: { lead, retiredAt },
}: {
  readonly item: Pick<ItemInfo, "lead" | "retiredAt">;
}) {
  const text = useText();
  const format = useFormat();
  if (lead === null || retiredAt !== null) return null;
  return <ToneBadge tone="info">{text("lead.until", { when: format.moment(lead.until) })}</ToneBadge>;
}
