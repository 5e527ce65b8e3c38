import type { hold as source } from "../en/hold.ts";
import type { Translation } from "../message.ts";

export const hold: Translation<typeof source> = {
  "hold.ask": "Zurückhalten…",
  "hold.change": "Zurückhalten ändern…",
  "hold.of": "{item} zurückhalten",
  "hold.release": "Freigeben",
  "hold.title": "{item} zurückhalten",
  "hold.text":
    "Es bekommt keine neuen Aufrufe, auch wenn nichts anderes bedienen kann. Sein Status bleibt, und laufende Aufrufe laufen weiter.",
  "hold.reason": "Grund",
  "hold.reason.hint": "Er steht überall, wo das Element steht.",
  "hold.reason.long": "Höchstens {most} Zeichen.",
  "hold.for": "Dauer",
  "hold.for.quarter": "15 Minuten",
  "hold.for.hour": "1 Stunde",
  "hold.for.open": "Bis zur Freigabe",
  "hold.confirm": "Zurückhalten",
  "hold.held": "{item} wird zurückgehalten.",
  "hold.released": "{item} ist freigegeben.",
  "hold.notice": "Zurückgehalten {when} von {actor}",
  "hold.back": "kommt zurück",
  "hold.until": "bis {when}",
  "hold.open": "bis zur Freigabe",
};
