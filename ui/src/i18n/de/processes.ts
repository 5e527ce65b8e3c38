import type { processes as source } from "../en/processes.ts";
import type { Translation } from "../message.ts";

export const processes: Translation<typeof source> = {
  "processes.title": "Prozesse",
  "processes.intro": {
    one: "{count} Prozess läuft. Die neueste Revision ist {revision}.",
    other: "{count} Prozesse laufen. Die neueste Revision ist {revision}.",
  },
  "processes.none.title": "Noch kein Prozess hat sich gemeldet",
  "processes.none.hint":
    "Jeder Prozess meldet sich binnen 15 Sekunden nach dem Start, sofern die Datenbank antwortet. Bleibt es hier leer, hilft das Protokoll der Anwendung.",
  "processes.name": "Prozess {pid} auf {host}",
  "processes.this": "Prozess dieser Oberfläche",
  "processes.this.hint":
    "Er antwortet dieser Oberfläche. Die Bereitschaft auf den anderen Seiten ist seine Sicht.",
  "processes.panel": "Der Prozess dieser Oberfläche: {pid} auf {host}",
  "processes.panel.hint": "Er zeigt nur die Oberfläche, hat nichts im Einsatz und zählt nicht mit.",
  "processes.upToDate": "Aktuell",
  "processes.behind": { one: "{count} Revision zurück", other: "{count} Revisionen zurück" },
  "processes.behind.hint":
    "Er arbeitet mit einer älteren Reihenfolge, bis er die neueste gelesen hat; das dauert Sekunden. Bleibt er zurück, ist seine Verbindung zur Datenbank gestört.",
  "processes.unheard": "Keine Meldung seit der letzten Änderung",
  "processes.unheard.hint": "Er meldet alle 15 Sekunden seine Revision. Die nächste Meldung abwarten.",
  "processes.silent": "Stumm",
  "processes.silent.hint":
    "Er meldet sich alle 15 Sekunden und hat damit aufgehört: Er wurde beendet, hängt oder hat die Datenbank verloren. Aus dieser Liste verschwindet er von selbst.",
  "processes.state": "Zustand",
  "processes.state.live": "Live",
  "processes.state.stale": "Veraltet",
  "processes.state.stale.hint": "Er hat die Datenbank verloren und arbeitet mit seinem letzten Stand.",
  "processes.state.bootstrapped": "Ohne Datenbank",
  "processes.state.bootstrapped.hint":
    "Er hat die Datenbank seit dem Start nicht erreicht und arbeitet mit dem, was sein Code oder sein letzter gesicherter Stand vorgibt.",
  "processes.state.closed": "Geschlossen",
  "processes.revision": "Revision",
  "processes.transport": "Erfährt Änderungen durch",
  "processes.transport.listen": "PostgreSQL, sofort",
  "processes.transport.redis": "Redis, sofort",
  "processes.transport.poll": "Regelmäßige Abfrage",
  "processes.version": "Version",
  "processes.version.none": "Nicht angegeben",
  "processes.started": "Gestartet",
  "processes.seen": "Letzte Meldung",
  "processes.count": { one: "{count} Prozess", other: "{count} Prozesse" },
  "processes.countOf": "{count} von {of} Prozessen",
  "processes.failed": "Fehlgeschlagene Plugins",
  "processes.misses": { one: "{count} Plugin fehlt", other: "{count} Plugins fehlen" },
  "processes.missing": "Fehlende Plugins",
  "processes.missing.hint": "Es sind Elemente in Gebrauch, deren Plugin diese Prozesse nicht im Code haben.",
  "processes.failures": {
    one: "{count} Plugin ist fehlgeschlagen",
    other: "{count} Plugins sind fehlgeschlagen",
  },
  "processes.healthy": "Alle Plugins in Gebrauch sind vorhanden.",
  "processes.more": { one: "{count} weiteres", other: "{count} weitere" },
  "diagnosis.title": "Diagnose",
  "diagnosis.hint":
    "Prüft alle Zeilen, die Plugins und die Prozesse auf Probleme. Die Befunde sind auf Englisch.",
  "diagnosis.run": "Untersuchen",
  "diagnosis.again": "Erneut untersuchen",
  "diagnosis.well": "Keine Probleme gefunden.",
  "diagnosis.problems": { one: "{count} Problem", other: "{count} Probleme" },
  "diagnosis.warnings": { one: "{count} Warnung", other: "{count} Warnungen" },
  "diagnosis.problem": "Problem",
  "diagnosis.warning": "Warnung",
  "diagnosis.item": "Element öffnen",
};
