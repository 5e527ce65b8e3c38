import type { type as source } from "../en/type.ts";
import type { Translation } from "../message.ts";

export const type: Translation<typeof source> = {
  "type.unserved.title": "Für diesen Typ ist nichts im Einsatz",
  "type.unserved.hint":
    "Die Anwendung bekommt derzeit keine Implementierung. Ein bereites Element nach Aktiv verschieben, oder unter Erklärung nachsehen, was mit den anderen ist.",
  "type.unserved.empty":
    "Er hat keine Elemente. Im Code ein Plugin dafür registrieren, dann die Anwendung starten oder plugbay migrate ausführen.",
  "type.unserved.addable":
    "Er hat noch keine Elemente, aber Plugins, von denen sich welche hinzufügen lassen.",
  "type.selector.title": "Ein Selektor entscheidet",
  "type.selector.hint":
    "Welches Element zum Einsatz kommt, hängt von den Argumenten jedes Aufrufs ab. Unter Erklärung lassen sie sich ausprobieren.",
  "type.notRegistered.title": "Nicht in diesem Prozess",
  "type.notRegistered.hint":
    "Der antwortende Prozess hat diesen Typ nicht im Code und kann daher nicht sagen, was im Einsatz ist. Andere vielleicht.",
  "type.reserveServes": "Kein aktives Element ist bereit, daher springt eines aus der Reserve ein.",
  "type.readOnly": "Dieser Typ ist einsehbar, aber nicht änderbar.",
  "type.tab.order": "Reihenfolge",
  "type.tab.explain": "Erklärung",
  "type.lane.active.hint": "Das erste bereite ist im Einsatz.",
  "type.lane.reserve.hint": "Nur im Einsatz, wenn kein aktives bereit ist.",
  "type.lane.disable.hint": "Nie im Einsatz.",
  "type.lane.empty": "Keine Elemente",
  "type.lane.drop": "Ein Element hierher ziehen oder sein Menü benutzen.",
  "type.lane.showAll": "Alle {count} zeigen",
  "type.lane.position": "Nummer {position}",
  "type.retired": "Stillgelegt",
  "type.retired.hint": "Außer Gebrauch. Status, Priorität und Verlauf bleiben erhalten.",
  "type.handle": "{item} ziehen",
  "type.move": "{item} verschieben",
  "type.move.top": "Ganz nach oben",
  "type.move.up": "Nach oben",
  "type.move.down": "Nach unten",
  "type.move.active": "Nach Aktiv",
  "type.move.reserve": "Nach Reserve",
  "type.move.disable": "Nach Deaktiviert",
  "type.drag.instructions":
    "Leertaste oder Eingabetaste nimmt das Element auf, Pfeil auf und ab verschieben es, Pfeil links und rechts wechseln seinen Status, Leertaste oder Eingabetaste legt es ab, Escape bricht ab. Das Menü jedes Elements tut dasselbe in einzelnen Schritten.",
  "type.drag.started": "{item} ist aufgenommen.",
  "type.drag.dropped": "{item} ist abgelegt, Nummer {position} in {lane}.",
  "type.drag.canceled": "{item} ist wieder am alten Platz.",
  "type.moved": "{item} ist jetzt Nummer {position} in {lane}.",
  "type.conflict.title": "Inzwischen hat jemand anderes dies geändert",
  "type.conflict.hint": "Die eigene Reihenfolge wurde nicht gespeichert. Vergleichen, dann entscheiden.",
  "type.conflict.yours": "Eigene Reihenfolge: {lane}",
  "type.conflict.theirs": "Jetziger Stand: {lane}",
  "type.conflict.useMine": "Eigene speichern",
  "type.conflict.keepTheirs": "So lassen",
  "type.reason.selected": "Es ist im Einsatz: das erste aktive Element, das bereit ist.",
  "type.reason.selected.reserve":
    "Es ist im Einsatz: Kein aktives Element ist bereit, und es ist das erste bereite der Reserve.",
  "type.reason.selected.selector": "Es ist im Einsatz: Der Selektor hat es gewählt.",
  "type.reason.lower-priority": "Es ist bereit und wartet: {item} kommt zuerst.",
  "type.reason.lower-priority.selector": "Es ist bereit; der Selektor hat es nicht gewählt.",
  "type.reason.reserve":
    "Es ist bereit und in Reserve: Es springt ein, wenn kein aktives Element bereit ist.",
  "type.reason.disabled": "Es ist deaktiviert und daher nie im Einsatz.",
  "type.reason.retired": "Es ist stillgelegt: Sein Plugin ist nicht mehr im Code registriert.",
  "type.reason.retired.operator": "Es ist stillgelegt: von Hand aus dem Gebrauch genommen.",
  "type.reason.missing":
    "Dieser Prozess hat kein solches Plugin im Code. Das Modul ausliefern, das es mitbringt, oder das Element deaktivieren.",
  "type.reason.making": "Es wird gerade bereit gemacht.",
  "type.reason.failed": "Es konnte nicht bereit gemacht werden und wird daher übergangen.",
  "type.reason.cooling": "Es ist im Betrieb fehlgeschlagen und wird eine Weile in Ruhe gelassen.",
  "type.reason.held": "Es wird zurückgehalten und bekommt keine Aufrufe.",
  "type.explain.empty": "Es gibt nichts zu erklären: Dieser Typ hat keine Elemente.",
  "type.try.title": "Argumente ausprobieren",
  "type.try.hint":
    "Der Selektor dieses Typs bekommt bei jedem Aufruf Argumente. Hier lässt sich sehen, was er damit jetzt wählen würde. Nichts wird geändert.",
  "type.try.label": "Argumente, als JSON-Liste",
  "type.try.inexact": "Eine Zahl hat mehr Stellen, als behalten werden können.",
  "type.try.invalid": 'Das ist keine JSON-Liste, wie etwa ["NL"].',
  "type.try.submit": "Ausprobieren",
  "type.try.reset": "Ohne Argumente",
  "type.try.chosen": "Mit {args} wählt der Selektor {item}.",
  "type.try.nobody": "Mit {args} wählt der Selektor nichts.",
  "type.try.failed": "Mit {args} schlägt der Selektor fehl.",
  "type.try.without":
    "Ohne Argumente schlägt der Selektor fehl. Das schadet nicht, wo Aufrufe immer welche angeben.",
};
