import type { reasons as source } from "../en/reasons.ts";
import type { Translation } from "../message.ts";

export const reasons: Translation<typeof source> = {
  "reasons.optional": "Grund (freiwillig)",
  "reasons.required": "Grund",
  "reasons.long": "Höchstens {most} Zeichen.",
  "reasons.ask.title": "Warum diese Änderung?",
  "reasons.ask.text": "Jede Änderung braucht hier einen Grund. Der Verlauf zeigt ihn.",
  "reasons.ask.confirm": "Weiter",
  "reasons.none.title": "Es wurde kein Grund angegeben",
  "reasons.none.hint": "Es wurde nichts geändert.",
};
