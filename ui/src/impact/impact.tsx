import { Loader } from "@mantine/core";
import type { PreviewRequest, PreviewResult } from "../../../src/admin/contract/contract.ts";
import { usePreview } from "../api/queries.ts";
import { describeError } from "../components/describe-error.ts";
import { Icon } from "../components/icon.tsx";
import { itemTitle } from "../components/item-title.ts";
import tones from "../components/tone.module.css";
import type { Tone } from "../components/tone-badge.tsx";
import { useText } from "../i18n/use-text.ts";
import styles from "./impact.module.css";

type TypeImpact = PreviewResult["types"][number];

interface ImpactProps {
  /** What is about to be confirmed. */
  readonly change: PreviewRequest;
  /** Whether each line names its type. Default true; false where all is about one type that the page shows. */
  readonly namesTypes?: boolean;
}

/** How many types are named, the gravest first. */
const shown = 8;

/** What a change would do to what serves, before it is confirmed; screen readers hear it when it comes. */
export function Impact({ change, namesTypes = true }: ImpactProps) {
  const text = useText();
  const { data, error, isPending } = usePreview(change);
  return (
    <div role="status" className={styles.impact}>
      {isPending && <Loader size="xs" aria-label={text("impact.loading")} />}
      {error !== null && <span>{text("impact.unknown", { title: describeError(error, text).title })}</span>}
      {data && <Effects preview={data} namesTypes={namesTypes} />}
    </div>
  );
}

function Effects({ preview, namesTypes }: { readonly preview: PreviewResult; readonly namesTypes: boolean }) {
  const text = useText();
  const { types, effects } = preview;
  const affected = types.filter(({ effect, isUntried }) => effect !== "same" || isUntried);
  if (affected.length === 0) {
    return <Line tone="calm" words={text(preview.changed === 0 ? "impact.nothing" : "impact.same")} />;
  }
  const named = affected.slice(0, shown);
  const total = Math.max(
    affected.length,
    effects.unserved + effects.switched + effects.served + effects.unknown,
  );
  return (
    <>
      <ul className={styles.list}>
        {named.map((type) => (
          <li key={type.typeId}>
            <Line tone={toneOf(type)} words={namesTypes ? withName(type) : describe(type)} />
          </li>
        ))}
      </ul>
      {total > named.length && <span>{text("impact.more", { count: total - named.length })}</span>}
    </>
  );

  function withName(type: TypeImpact): string {
    return text("impact.named", { type: type.type.name, effect: describe(type) });
  }

  function describe({ effect, before, after, isUntried }: TypeImpact): string {
    // What goes on serving and is untried is what gets another config.
    if (effect === "same" && after) return text("impact.remade", { after: itemTitle(after) });
    const values = { before: before ? itemTitle(before) : "", after: after ? itemTitle(after) : "" };
    const words =
      effect === "same" || effect === "unknown"
        ? text(`impact.${effect}.type`)
        : text(`impact.${effect}`, values);
    return isUntried ? `${words} ${text("impact.untried")}` : words;
  }
}

function Line({ tone, words }: { readonly tone: Tone; readonly words: string }) {
  return (
    <span className={styles.line}>
      <span className={`${styles.icon} ${tones[tone]}`}>
        <Icon
          name={tone === "bad" || tone === "warn" ? "warning" : tone === "good" ? "play" : "check"}
          size={14}
        />
      </span>
      <span>{words}</span>
    </span>
  );
}

function toneOf({ effect, isUntried }: TypeImpact): Tone {
  if (effect === "unserved") return "bad";
  if (effect === "unknown" || isUntried) return "warn";
  return effect === "same" ? "calm" : "good";
}
