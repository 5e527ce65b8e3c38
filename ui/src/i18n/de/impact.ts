import type { impact as source } from "../en/impact.ts";
import type { Translation } from "../message.ts";

export const impact: Translation<typeof source> = {
  "impact.loading": "Es wird ermittelt, was das ändert",
  "impact.unknown": "Was das ändert, ließ sich nicht ermitteln: {title}",
  "impact.nothing": "Das ändert nichts.",
  "impact.same": "Was im Einsatz ist, bleibt im Einsatz.",
  "impact.named": "{type}: {effect}",
  "impact.unserved": "nicht mehr bedient; jetzt {before}",
  "impact.served": "{after} kommt zum Einsatz; jetzt nicht bedient",
  "impact.switched": "{after} statt {before}",
  "impact.remade": "{after} bedient weiter, mit dieser Konfiguration",
  "impact.same.type": "keine Änderung",
  "impact.unknown.type": "hängt von den Argumenten jedes Aufrufs ab",
  "impact.untried": "(bisher nicht im Einsatz, also noch unerprobt)",
  "impact.more": { one: "{count} weiterer Typ", other: "{count} weitere Typen" },
};
