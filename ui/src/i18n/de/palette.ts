import type { palette as source } from "../en/palette.ts";
import type { Translation } from "../message.ts";

export const palette: Translation<typeof source> = {
  "palette.title": "Alles durchsuchen",
  "palette.hint": "Eine Seite, ein Typ, ein Element, dessen ID, oder „zurückhalten“ und ein Element",
  "palette.page": "Seite",
  "palette.action": "Aktion",
  "palette.do.serve": "Jetzt einsetzen",
  "palette.do.hold": "Zurückhalten",
  "palette.do.check": "Verbindung testen",
  "palette.check.none": "Sein Plugin kann die Verbindung nicht testen.",
  "palette.do.disable": "Deaktivieren",
  "palette.disable.title": "{item} deaktivieren?",
  "palette.help": "Tastenkürzel",
  "palette.key.search": "Auf dieser Seite suchen",
  "palette.key.overview": "Übersicht",
};
