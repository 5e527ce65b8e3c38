import type { serveNow as source } from "../en/serve-now.ts";
import type { Translation } from "../message.ts";

export const serveNow: Translation<typeof source> = {
  "serveNow.action": "Jetzt einsetzen…",
  "serveNow.title": "{item} jetzt einsetzen",
  "serveNow.text":
    "Es wird aktiv, kommt an die erste Stelle und nimmt wieder Aufrufe an. Die anderen behalten ihren Status und stehen dahinter.",
  "serveNow.testing": "Die Verbindung wird getestet…",
  "serveNow.confirm": "Jetzt einsetzen",
  "serveNow.anyway": "Trotzdem einsetzen",
  "serveNow.done": "{item} ist jetzt die erste Wahl.",
};
