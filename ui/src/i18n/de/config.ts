import type { config as source } from "../en/config.ts";
import type { Translation } from "../message.ts";

export const config: Translation<typeof source> = {
  "config.add": "Element hinzufügen",
  "config.add.plugin": "Plugin",
  "config.add.none": "Kein Plugin dieses Typs nimmt eine Konfiguration",
  "config.add.none.hint":
    "Plugins ohne Konfiguration haben genau ein Element. Bekommt ein Plugin im Code ein Konfigurationsschema, lassen sich hier weitere Elemente davon hinzufügen.",
  "config.add.needsLabel": "Ein Kennzeichen ist erforderlich.",
  "config.leave": "Nicht gespeicherte Änderungen verwerfen?",
  "config.empty": "Nichts ist gesetzt.",
  "config.yes": "Ja",
  "config.no": "Nein",
  "config.secret.new": "Ein neues Geheimnis",
  "config.secret.removed": "Entfernt",
  "config.conflict.other":
    "Die Konfiguration selbst ist gleich; geändert wurde etwas anderes an dem Element.",
  "config.check": "Verbindung testen",
  "config.check.title": "Verbindung",
  "config.check.asItIs": "Das Plugin versucht, ob es so funktioniert, wie es ist. Geändert wird nichts.",
  "config.check.ok": "Es funktioniert",
  "config.check.failed": "Es funktioniert nicht",
  "config.check.took": "Dauerte {ms} ms",
};
