import type { palette as source } from "../en/palette.ts";
import type { Translation } from "../message.ts";

export const palette: Translation<typeof source> = {
  "palette.title": "Alles durchsuchen",
  "palette.hint": "Eine Seite, ein Typ, ein Element oder dessen ID",
  "palette.page": "Seite",
  "palette.help": "Tastenkürzel",
  "palette.key.search": "Auf dieser Seite suchen",
  "palette.key.overview": "Übersicht",
};
