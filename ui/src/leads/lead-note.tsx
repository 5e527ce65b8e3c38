import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { Countdown } from "../components/countdown.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

/** Until when an item is first, and how long that is. */
export function LeadNote({ lead }: { readonly lead: NonNullable<ItemInfo["lead"]> }) {
  const text = useText();
  const format = useFormat();
  return (
    <>
      <span>{text("lead.until", { when: format.moment(lead.until) })}</span>{" "}
      <span className="dimmed">
        <Countdown label={text("lead.ends")} until={lead.until} />
      </span>
    </>
  );
}
