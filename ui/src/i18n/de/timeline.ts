import type { timeline as source } from "../en/timeline.ts";
import type { Translation } from "../message.ts";

export const timeline: Translation<typeof source> = {
  "timeline.tab": "Zeitverlauf",
  "timeline.title": "Die letzten 14 Tage, das Neueste zuerst",
  "timeline.none": "In den letzten 14 Tagen ist nichts geschehen und nichts geändert worden.",
  "timeline.more": "Mehr zeigen",
  "timeline.purged": "ein gelöschtes Element",
  "timeline.in": {
    one: "in {processes} von {count} Prozess",
    other: "in {processes} von {count} Prozessen",
  },
  "timeline.inSome": { one: "in {count} Prozess", other: "in {count} Prozessen" },
  "timeline.switched": "{item} hat von {from} übernommen {where}",
  "timeline.began": "{item} bedient, nachdem nichts bedient hat, {where}",
  "timeline.ended": "nach {from} bedient nichts mehr, {where}",
  "timeline.recovered": "{item}: erholt {where}",
  "timeline.failed": "{item}: fehlgeschlagen {where}",
  "timeline.misconfigured": "{item}: Konfiguration abgelehnt {where}",
  "timeline.circuit": "{item}: Sicherung ausgelöst {where}",
  "timeline.unauthorized": "{item}: Zugangsdaten abgelehnt {where}",
  "timeline.exhausted": "{item}: Grenze erreicht {where}",
  "timeline.missing": "{item}: Plugin fehlt {where}",
};
