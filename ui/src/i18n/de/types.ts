import type { types as source } from "../en/types.ts";
import type { Translation } from "../message.ts";

export const types: Translation<typeof source> = {
  "types.title": "Typen",
  "types.search": "Name, Manager oder Beschreibung",
  "types.show": "Zeigen",
  "types.show.all": "Alle",
  "types.show.unserved": "Nichts im Einsatz",
  "types.show.problems": "Mit Problemen",
  "types.count": { one: "{count} Typ", other: "{count} Typen" },
  "types.column.health": "Zustand",
  "types.serving.none": "Nichts im Einsatz",
  "types.serving.selector": "Je nach Argumenten",
  "types.serving.selector.hint":
    "Ein Selektor entscheidet bei jedem Aufruf. Auf der Seite des Typs lassen sich Argumente ausprobieren.",
  "serving.in": { one: "in {served} von {count} Prozess", other: "in {served} von {count} Prozessen" },
  "serving.nothing": "Nichts im Einsatz",
  "serving.lower-choice": "Nicht die erste Wahl",
  "serving.reserve": "Aus der Reserve",
  "serving.last-resort": "Letzter Ausweg",
  "serving.last-resort.hint":
    "Es wurde zurückgestellt, weil es fehlschlägt, und ist im Einsatz, weil nichts Besseres übrig ist.",
  "types.notRegistered": "Nicht in diesem Prozess",
  "types.notRegistered.hint":
    "Der Prozess dieser Oberfläche hat diesen Typ nicht im Code. Andere Prozesse können ihn bedienen.",
  "types.health.good": "Alle bereit",
  "types.health.none": "Keines in Gebrauch",
  "types.health.failed": { one: "{count} fehlgeschlagen", other: "{count} fehlgeschlagen" },
  "types.health.missing": { one: "{count} fehlt", other: "{count} fehlen" },
  "types.health.cooling": { one: "{count} zurückgestellt", other: "{count} zurückgestellt" },
  "types.health.held": { one: "{count} zurückgehalten", other: "{count} zurückgehalten" },
  "types.none.title": "Kein Typ passt",
  "types.none.hint": "Weniger Wörter versuchen oder die Filter löschen.",
  "types.empty.title": "Es gibt noch keine Typen",
  "types.empty.hint":
    "Typen werden im Code mit definePluginType deklariert. An openPlugbay übergeben und die Anwendung starten, oder plugbay migrate ausführen.",
  "traffic.note": "Aufrufe mit get() werden nicht gezählt.",
  "traffic.lastHour": "Letzte Stunde",
  "traffic.spark": {
    one: "{count} Aufruf in der letzten Stunde, {rate} % fehlgeschlagen",
    other: "{count} Aufrufe in der letzten Stunde, {rate} % fehlgeschlagen",
  },
  "traffic.rate": "{rate} % Fehler",
};
