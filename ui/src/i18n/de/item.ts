import type { item as source } from "../en/item.ts";
import type { Translation } from "../message.ts";

export const item: Translation<typeof source> = {
  "item.title": "Element",
  "item.retiredBySync": "Stillgelegt {when}, weil das Plugin nicht mehr registriert war.",
  "item.retiredBySync.hint":
    "Es kommt unverändert zurück, sobald das Plugin wieder registriert oder das Element wiederhergestellt wird.",
  "item.retiredByOperator": "Stillgelegt {when}, von Hand.",
  "item.retiredByOperator.hint":
    "Es behält alle Daten und bleibt stillgelegt, bis jemand es wiederherstellt.",
  "item.managed": "Dieses Element wird von einer Datei verwaltet",
  "item.managed.hint":
    "Es wird in der Datei geändert und mit plugbay import übernommen. Hier lässt es sich stilllegen, wiederherstellen und endgültig löschen. Mit plugbay item unmanage lässt es sich wieder von Hand ändern.",

  "item.decision": "Einstellungen",
  "item.readOnly": "Dieses Element lässt sich ansehen, aber nicht ändern.",
  "item.codeSays": "Im Code: {value}",
  "item.codeSaysNothing": "Keine Beschreibung im Code",
  "item.sameAsCode": "Wie im Code",
  "item.differs": "Weicht vom Code ab",
  "item.useCode": "Wert aus dem Code übernehmen",
  "item.useCode.field": "Wert aus dem Code übernehmen: {field}",
  "item.noCode":
    "Der Prozess dieser Oberfläche hat dieses Plugin nicht im Code, daher gibt es keine Vorgaben zum Vergleich.",
  "item.priority.hint": "Kleinere Zahlen kommen zuerst an die Reihe",
  "item.priority.invalid": "Eine ganze Zahl von {lowest} bis {highest}",
  "item.discard": "Verwerfen",
  "item.unsaved": "Noch nicht gespeichert",
  "item.nothingToSave": "Nichts zu speichern",
  "item.saved": "{item} gespeichert.",
  "item.changedMeanwhile":
    "Inzwischen hat jemand anderes dieses Element geändert. Beim Speichern wird gefragt, welche Werte bleiben.",

  "item.rename": "Umbenennen",
  "item.rename.title": "{item} umbenennen",
  "item.rename.hint": "Das Kennzeichen ändert sich; ID, Konfiguration und Verlauf bleiben.",
  "item.renamed": "Umbenannt: {item}.",
  "item.duplicate": "Duplizieren",
  "item.duplicate.title": "{item} duplizieren",
  "item.duplicate.hint": "Das neue Element bekommt dieselbe Konfiguration, samt Geheimnissen.",
  "item.added": "{item} hinzugefügt.",
  "item.label.hint": "Unterscheidet dieses Element von den anderen seines Plugins.",
  "item.label.long": "Höchstens {most} Zeichen.",

  "item.conflict.title": "Inzwischen hat jemand anderes dieses Element geändert",
  "item.conflict.text":
    "Es wurde nichts gespeichert. Beide Fassungen vergleichen und entscheiden, welche bleibt.",
  "item.conflict.field": "Feld",
  "item.conflict.mine": "Eigene Fassung",
  "item.conflict.theirs": "Andere Fassung",
  "item.conflict.differs": "Verschieden",
  "item.conflict.untouched": "Nicht selbst geändert",
  "item.conflict.keepMine": "Eigene behalten",
  "item.conflict.takeTheirs": "Andere übernehmen",

  "item.why": "Warum",
  "item.reason.selected": "Es ist jetzt im Einsatz: Unter den bereiten steht es an erster Stelle.",
  "item.reason.selected.lead": "Es ist jetzt im Einsatz: Es wurde zeitweise an die erste Stelle gesetzt.",
  "item.reason.lower-priority": "Es ist bereit, aber ein aktives Element mit kleinerer Zahl steht davor.",
  "item.reason.reserve": "Es steht in Reserve und springt nur ein, wenn kein aktives Element kann.",
  "item.reason.disabled": "Deaktiviert: nicht in Gebrauch.",
  "item.reason.retired": "Stillgelegt: nicht in Gebrauch.",
  "item.reason.missing": "Der Prozess dieser Oberfläche hat dieses Plugin nicht im Code.",
  "item.reason.making": "Es wird gerade vorbereitet.",
  "item.reason.failed": "Der Prozess dieser Oberfläche konnte es nicht vorbereiten.",
  "item.reason.cooling": "Es ist im Betrieb fehlgeschlagen und bekommt eine Weile keine Aufrufe.",
  "item.aside.circuit": "Seine Aufrufe schlagen fehl, darum bekommt es eine Weile keine.",
  "item.aside.unauthorized":
    "Sein Anbieter weist seine Zugangsdaten ab, darum erhält es keine Aufrufe, bis sich seine Konfiguration ändert oder es freigegeben wird.",
  "item.aside.exhausted": "Sein Anbieter nimmt vorerst keine Aufrufe mehr an und hat gesagt, wann wieder.",
  "item.failures": {
    one: "{count} Aufruf schlug fehl, {when}.",
    other: "{count} Aufrufe in Folge schlugen fehl, der letzte {when}.",
  },
  "item.reason.held": "Es wird zurückgehalten und bekommt keine Aufrufe.",
  "item.error": "Was schiefging",
  "item.retried": "Nächster Versuch",
  "item.cooling.until": "Wieder im Einsatz",

  "item.processes": "Prozesse",
  "item.processes.none": "Noch kein Prozess hat sich gemeldet.",
  "item.processes.knows": "Hat das Plugin",
  "item.processes.knowsNot": "Hat das Plugin nicht",
  "item.processes.failed": "Fehlgeschlagen",
  "item.processes.all": "Alle Prozesse",
  "item.process": "Prozess {pid} auf {host}",
  "item.process.version": "Version {version}",

  "item.details": "Einzelheiten",
  "item.id": "ID",
  "item.id.copy": "ID kopieren",
  "item.config": "Konfiguration",
  "item.config.none": "Keine",
  "item.aliases": "Frühere Namen",
  "item.revision": "Revision",
  "item.createdAt": "Angelegt",
  "item.updatedAt": "Geändert",
  "item.retiredAt": "Stillgelegt",
  "item.label.none": "Keines",

  "item.history": "Verlauf",
  "item.history.all": "Ganzer Verlauf",
  "item.history.none": "Noch keine Änderungen.",

  "item.retire": "Stilllegen",
  "item.retire.title": "{item} stilllegen?",
  "item.retire.text":
    "Es ist nicht mehr in Gebrauch und steht nicht mehr in den üblichen Listen. ID, Status, Priorität, Beschreibung, Konfiguration und Verlauf bleiben, und es lässt sich jederzeit wiederherstellen.",
  "item.retired": "{item} stillgelegt.",
  "item.restore": "Wiederherstellen",
  "item.restored": "{item} wiederhergestellt.",
  "item.purge": "Endgültig löschen",
  "item.purge.title": "{item} endgültig löschen?",
  "item.purge.text": "Das lässt sich nicht rückgängig machen. Gelöscht wird:",
  "item.purge.items": { one: "{count} Element", other: "{count} Elemente" },
  "item.purge.types": {
    one: "{count} Typ, der keine anderen Elemente hat",
    other: "{count} Typen, die keine anderen Elemente haben",
  },
  "item.purge.history": {
    one: "{count} Eintrag im Verlauf handelt davon und bleibt.",
    other: "{count} Einträge im Verlauf handeln davon und bleiben.",
  },
  "item.purge.confirm": "Endgültig löschen",
  "item.purged": "{item} endgültig gelöscht.",
  "item.maintenance": "Stilllegen und löschen",
  "item.maintenance.inUse":
    "Ein nicht mehr gebrauchtes Element wird zuerst stillgelegt; ein stillgelegtes lässt sich endgültig löschen.",
  "item.maintenance.retired":
    "Wiederherstellen bringt es unverändert zurück. Endgültig Gelöschtes kommt nicht wieder.",
  "item.maintenance.inUse.noPurge":
    "Was nicht mehr gewünscht ist, wird stillgelegt. Es lässt sich jederzeit wiederherstellen.",
  "item.maintenance.retired.noPurge":
    "Wiederherstellen bringt es zurück, wie es war. Zum endgültigen Löschen fehlt das Recht.",
};
