import type { serveNow as source } from "../en/serve-now.ts";
import type { Translation } from "../message.ts";

export const serveNow: Translation<typeof source> = {
  "serveNow.action": "Jetzt einsetzen…",
  "serveNow.title": "{item} jetzt einsetzen",
  "serveNow.text":
    "Es wird aktiv, kommt an die erste Stelle und nimmt wieder Aufrufe an. Die anderen behalten ihren Status und stehen dahinter.",
  "serveNow.for": "Dauer",
  "serveNow.for.good": "Auf Dauer",
  "serveNow.for.hour": "1 Stunde",
  "serveNow.for.time": "Bis zu einer Zeit",
  "serveNow.time": "Bis",
  "serveNow.until": "An erster Stelle bis {when}. Danach ist alles wie vorher.",
  "serveNow.lead.text":
    "Es kommt an die erste Stelle und nimmt wieder Aufrufe an, gleich welchen Status und Platz es hat. Danach ist alles wie vorher.",
  "serveNow.led": "{item} steht bis {when} an erster Stelle.",
  "serveNow.testing": "Die Verbindung wird getestet…",
  "serveNow.confirm": "Jetzt einsetzen",
  "serveNow.anyway": "Trotzdem einsetzen",
  "serveNow.done": "{item} ist jetzt die erste Wahl.",
};
