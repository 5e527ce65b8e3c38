import { Text } from "@mantine/core";
import { Icon } from "../../components/icon.tsx";
import tones from "../../components/tone.module.css";
import type { Tone } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { gravityTones } from "./gravity-tones.ts";
import styles from "./overview.module.css";
import type { Standing } from "./standing.ts";

interface HeadlineProps {
  readonly standing: Standing;
  /** Whether the last answers are no older than they should be. */
  readonly isKnownNow: boolean;
}

/** How things stand, in one sentence that is true. */
export function Headline({ standing, isKnownNow }: HeadlineProps) {
  const text = useText();
  const { count, gravity, notFirst, processes, notCounted } = standing;
  const well = text("overview.well", { served: processes, count: processes });
  const { tone, title, hints } = describe();
  return (
    <section className={`${styles.headline} ${tones[tone]}`} aria-label={title}>
      <Icon name={tone === "good" ? "check" : tone === "calm" ? "more" : "warning"} size={24} />
      <div>
        <Text fw={700} inherit>
          {title}
        </Text>
        {hints.map((hint) => (
          <Text key={hint} size="sm">
            {hint}
          </Text>
        ))}
      </div>
    </section>
  );

  function describe(): { readonly tone: Tone; readonly title: string; readonly hints: readonly string[] } {
    if (!isKnownNow) {
      return { tone: "calm", title: text("overview.unknown"), hints: [text("overview.unknown.hint")] };
    }
    const uncounted =
      notCounted > 0 && processes > 0 ? [text("overview.notCounted", { count: notCounted })] : [];
    const isFirst = processes > 0 && notFirst === 0;
    if (gravity !== undefined) {
      return {
        tone: gravityTones[gravity],
        title: text("overview.attention", { count }),
        hints: isFirst ? [`${well}.`, ...uncounted] : [],
      };
    }
    if (isFirst) return { tone: "good", title: well, hints: uncounted };
    if (notFirst > 0) {
      return { tone: "warn", title: text("overview.notFirst", { count: notFirst }), hints: uncounted };
    }
    return { tone: "calm", title: text("overview.uncounted"), hints: [text("overview.uncounted.hint")] };
  }
}
