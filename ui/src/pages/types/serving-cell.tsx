import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { Icon } from "../../components/icon.tsx";
import { ItemName } from "../../components/item-name.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { ServedBy } from "./served-by.tsx";
import { isUnserved } from "./types-filter.ts";

/** Who serves a type; loud where nobody does. */
export function ServingCell({ type }: { readonly type: TypeInfo }) {
  const text = useText();
  if (isUnserved(type)) {
    return (
      <ToneBadge tone="bad">
        <Icon name="warning" size={14} />
        {text("types.serving.none")}
      </ToneBadge>
    );
  }
  if (type.servingNow.by.length > 0) return <ServedBy servingNow={type.servingNow} />;
  if (!type.isRegistered) {
    return (
      <ToneBadge tone="warn" title={text("types.notRegistered.hint")}>
        {text("types.notRegistered")}
      </ToneBadge>
    );
  }
  if (type.serving === null) {
    return (
      <ToneBadge tone="info" title={text("types.serving.selector.hint")}>
        {text("types.serving.selector")}
      </ToneBadge>
    );
  }
  return <ItemName item={type.serving} />;
}
