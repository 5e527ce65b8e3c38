import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";

/** Says a duration, of which two digits are known. */
export function useDuration(): (ms: number | null) => string {
  const text = useText();
  const format = useFormat();
  return (ms) => {
    if (ms === null) return "–";
    const rounded = Number(ms.toPrecision(2));
    return rounded < 1_000
      ? text("traffic.ms", { ms: format.number(rounded) })
      : text("traffic.seconds", { seconds: format.number(rounded / 1_000) });
  };
}
