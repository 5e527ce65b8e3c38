import type { shell as source } from "../en/shell.ts";
import type { Translation } from "../message.ts";

export const shell: Translation<typeof source> = {
  "shell.skip": "Zum Inhalt springen",
  "shell.navigation": "Seiten",
  "shell.breadcrumbs": "Aktuelle Position",
  "shell.find": "Alles durchsuchen",
  "shell.overview": "Übersicht",
  "shell.types": "Typen",
  "shell.items": "Elemente",
  "shell.history": "Verlauf",
  "shell.processes": "Prozesse",
  "shell.colorScheme": "Farben",
  "shell.colorScheme.light": "Hell",
  "shell.colorScheme.dark": "Dunkel",
  "shell.colorScheme.auto": "System",
  "shell.language": "Sprache",
  "shell.account": "Konto von {actor}",
  "shell.signedInAs": "Angemeldet als",
  "shell.readOnly": "Alles lässt sich ansehen, nichts lässt sich ändern.",
  "shell.someTypes": {
    one: "Änderbar sind die Elemente von {count} Typ.",
    other: "Änderbar sind die Elemente von {count} Typen.",
  },
  "shell.signOut": "Abmelden",
  "shell.connection": "Verbindung",
  "shell.live": "Live",
  "shell.live.hint": "Revision {revision}. Änderungen anderer erscheinen sofort.",
  "shell.stale": "Veraltet seit {when}",
  "shell.stale.hint":
    "Die Datenbank antwortet nicht. Die Anwendung arbeitet mit dem Stand von Revision {revision} weiter.",
  "shell.bootstrapped": "Ohne Datenbank",
  "shell.bootstrapped.hint":
    "Die Datenbank hat seit dem Start nicht geantwortet. Die Anwendung arbeitet mit dem, was ihr Code oder ihr letzter gesicherter Stand vorgibt.",
  "shell.closed": "Geschlossen",
  "shell.closed.hint": "Die Anwendung wird beendet.",
  "shell.polling": "Verzögert",
  "shell.polling.hint":
    "Zu viele Seiten sind offen, um Änderungen anderer sofort zu zeigen; das dauert nun einige Sekunden.",
  "shell.offline": "Verbindung wird wiederhergestellt",
  "shell.offline.hint": "Die Verbindung zum Server ist unterbrochen. Die Anzeige kann veraltet sein.",
  "shell.signedOut": "Abgemeldet",
  "shell.signedOut.hint":
    "Die Sitzung ist beendet. In einem anderen Tab wieder anmelden und zurückkommen: Ungespeichertes bleibt hier erhalten. Oder diese Seite neu laden.",
  "shell.signIn": "In anderem Tab anmelden",
  "shell.notFound.title": "Diese Seite gibt es nicht",
  "shell.notFound.hint": "Die Adresse ist vielleicht vertippt oder veraltet.",
  "shell.notFound.action": "Zur Übersicht",
  "shell.loading": "Wird geladen",
  "shell.messages": "Meldungen",
  "shell.inForce": {
    one: "In Kraft in {inForce} von {count} Prozess.",
    other: "In Kraft in {inForce} von {count} Prozessen.",
  },
  "shell.undo": "Rückgängig machen",
  "shell.undone": "Rückgängig gemacht.",
  "shell.dismiss": "Meldung schließen",
};
