import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import type { Freshness } from "./freshness.ts";

export function FreshnessBadge({ freshness }: { readonly freshness: Freshness }) {
  const text = useText();
  switch (freshness.kind) {
    case "current":
      return <ToneBadge tone="good">{text("processes.upToDate")}</ToneBadge>;
    case "behind":
      return <ToneBadge tone="warn">{text("processes.behind", { count: freshness.by })}</ToneBadge>;
    case "unheard":
      return <ToneBadge tone="calm">{text("processes.unheard")}</ToneBadge>;
  }
}
