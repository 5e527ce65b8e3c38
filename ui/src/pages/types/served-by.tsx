import type { ServingNowInfo } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { type Tone, ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import styles from "./served-by.module.css";

interface ServedByProps {
  readonly servingNow: ServingNowInfo;
  readonly withModule?: boolean;
}

/** What serves a type, in how many of the application's processes, and how it came to that; a line each where they differ. */
export function ServedBy({ servingNow: { by, processes }, withModule = true }: ServedByProps) {
  const text = useText();
  return (
    <ul className={styles.list}>
      {by.map(({ item, how, processes: served }) => (
        <li key={`${item?.id} ${how}`}>
          {item === null ? text("serving.nothing") : <ItemName item={item} withModule={withModule} />}{" "}
          <span>{text("serving.in", { served, count: processes })}</span> <How how={how} />
        </li>
      ))}
    </ul>
  );
}

type HowItServes = ServingNowInfo["by"][number]["how"];

const tones = { "lower-choice": "info", reserve: "warn", "last-resort": "bad" } as const satisfies Partial<
  Record<HowItServes, Tone>
>;

function How({ how }: { readonly how: HowItServes }) {
  const text = useText();
  if (how === "first-choice" || how === "none") return null;
  const hint = how === "last-resort" ? text("serving.last-resort.hint") : undefined;
  return (
    <ToneBadge tone={tones[how]} title={hint}>
      {text(`serving.${how}`)}
    </ToneBadge>
  );
}
