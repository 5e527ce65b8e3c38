import { Text } from "@mantine/core";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { usePlugins } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { ItemName } from "../../components/item-name.tsx";
import tones from "../../components/tone.module.css";
import type { Tone } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { ServedBy } from "../types/served-by.tsx";
import { isUnserved } from "../types/types-filter.ts";
import styles from "./serving-banner.module.css";
import { ServingCause } from "./serving-cause.tsx";

interface ServingBannerProps {
  readonly type: TypeDetail;
}

/** The one thing that matters most: what serves, and where that is not the first choice, why. */
export function ServingBanner({ type }: ServingBannerProps) {
  const text = useText();
  const serving = type.items.find((item) => item.id === type.serving?.id);
  const isAddable = (usePlugins(type.id).data?.plugins.length ?? 0) > 0;
  const { by } = type.servingNow;
  const isKnown = by.length > 0 && !isUnserved(type);
  const { tone, title, hint } = describe();
  return (
    <section className={`${styles.banner} ${tones[tone]}`} aria-label={title}>
      <Icon name={tone === "good" ? "play" : tone === "info" ? "more" : "warning"} size={20} />
      <div className={styles.text}>
        <ServingCause type={type} />
        <Text fw={700} inherit>
          {title}
          {isKnown || type.serving !== null ? ":" : ""}{" "}
          {!isKnown && type.serving !== null && <ItemName item={type.serving} withModule={false} />}
        </Text>
        {isKnown && <ServedBy servingNow={type.servingNow} withModule={false} />}
        {hint !== undefined && <Text size="sm">{hint}</Text>}
      </div>
    </section>
  );

  function describe(): { readonly tone: Tone; readonly title: string; readonly hint?: string } {
    if (isUnserved(type)) {
      return {
        tone: "bad",
        title: text("type.unserved.title"),
        hint: text(
          type.items.length > 0
            ? "type.unserved.hint"
            : isAddable
              ? "type.unserved.addable"
              : "type.unserved.empty",
        ),
      };
    }
    if (isKnown) return { tone: worstTone(by), title: text("word.servingNow") };
    if (!type.isRegistered) {
      return { tone: "warn", title: text("type.notRegistered.title"), hint: text("type.notRegistered.hint") };
    }
    if (type.serving === null) {
      return { tone: "info", title: text("type.selector.title"), hint: text("type.selector.hint") };
    }
    const fromReserve = serving?.status === "reserve" && serving.lead === null;
    return {
      tone: fromReserve ? "warn" : "good",
      title: text("word.servingNow"),
      ...(fromReserve ? { hint: text("type.reserveServes") } : {}),
    };
  }
}

/** Nothing, or only what fails, serves in some process; or what is kept for such times. */
function worstTone(by: TypeDetail["servingNow"]["by"]): Tone {
  const ways = new Set(by.map(({ how }) => how));
  if (ways.has("none") || ways.has("last-resort")) return "bad";
  return ways.has("reserve") || ways.has("lower-choice") ? "warn" : "good";
}
