import type { overview as source } from "../en/overview.ts";
import type { Translation } from "../message.ts";

export const overview: Translation<typeof source> = {
  "overview.title": "Übersicht",
  "overview.well": {
    one: "Alles ist mit der ersten Wahl im Einsatz, in {served} von {count} Prozess",
    other: "Alles ist mit der ersten Wahl im Einsatz, in {served} von {count} Prozessen",
  },
  "overview.attention": {
    one: "{count} Sache braucht Aufmerksamkeit",
    other: "{count} Sachen brauchen Aufmerksamkeit",
  },
  "overview.notFirst": {
    one: "Bei {count} Typ ist nicht in allen Prozessen die erste Wahl im Einsatz",
    other: "Bei {count} Typen ist nicht in allen Prozessen die erste Wahl im Einsatz",
  },
  "overview.uncounted": "Nichts braucht Aufmerksamkeit",
  "overview.uncounted.hint": "Noch hat kein Prozess gemeldet, was in ihm im Einsatz ist.",
  "overview.notCounted": {
    one: "{count} Typ ist nicht mitgezählt: Ein Selektor entscheidet bei jedem Aufruf, oder kein Prozess bedient ihn.",
    other:
      "{count} Typen sind nicht mitgezählt: Ein Selektor entscheidet bei jedem Aufruf, oder kein Prozess bedient sie.",
  },
  "overview.unknown": "Der jetzige Stand ist nicht bekannt",
  "overview.unknown.hint":
    "Der Server oder seine Datenbank antwortet nicht. Unten steht, was zuletzt bekannt war.",
  "overview.list": "Braucht Aufmerksamkeit",
  "overview.since": "begann",
  "overview.times": { one: "{count}-mal aufgetreten", other: "{count}-mal aufgetreten" },
  "overview.on": "auf {hosts}",
  "overview.fix": "Was hilft:",
  "overview.showAll": "Alle {count} zeigen",
  "overview.serve": "{item} jetzt einsetzen …",
  "overview.release": "{item} freigeben",
  "overview.open": "{name} öffnen",
  "overview.processes": "Prozesse anzeigen",
  "overview.copy": "Befehl kopieren",
  "overview.calls": "Aufrufe",
  "overview.failures": "Fehler",
  "overview.rescued": "Von einem anderen Element aufgefangen",
  "overview.troubled": "Die meisten Fehler",
  "overview.changes": "Letzte Änderungen",
};
