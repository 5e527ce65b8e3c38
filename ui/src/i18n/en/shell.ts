import type { Messages } from "../message.ts";

/** What stands around every page. */
export const shell = {
  "shell.skip": "Skip to the content",
  "shell.navigation": "Pages",
  "shell.breadcrumbs": "Where you are",
  "shell.types": "Types",
  "shell.items": "Items",
  "shell.history": "History",
  "shell.processes": "Processes",
  "shell.colorScheme": "Colours",
  "shell.colorScheme.light": "Light",
  "shell.colorScheme.dark": "Dark",
  "shell.colorScheme.auto": "As the system",
  "shell.language": "Language",
  "shell.account": "Account of {actor}",
  "shell.signedInAs": "Signed in as",
  "shell.readOnly": "You may look at everything and change nothing.",
  "shell.someTypes": {
    one: "You may change the items of {count} type.",
    other: "You may change the items of {count} types.",
  },
  "shell.signOut": "Sign out",
  "shell.connection": "Connection",
  "shell.live": "Live",
  "shell.live.hint": "Revision {revision}. Changes of others show at once.",
  "shell.stale": "Stale since {when}",
  "shell.stale.hint":
    "The database does not answer. The application serves what it knew at revision {revision}.",
  "shell.bootstrapped": "Without database",
  "shell.bootstrapped.hint":
    "The database has not answered since the start. The application serves what its code or its last snapshot says.",
  "shell.closed": "Closed",
  "shell.closed.hint": "The application is shutting down.",
  "shell.polling": "Delayed",
  "shell.polling.hint":
    "Too many pages are open for changes of others to show at once. They show after a few seconds.",
  "shell.offline": "Reconnecting",
  "shell.offline.hint": "The line to the server is down. What you see may be old.",
  "shell.signedOut": "Signed out",
  "shell.signedOut.hint":
    "Your session has ended. Sign in again in another tab and come back: what you have not saved is kept here. Or reload this page.",
  "shell.signIn": "Sign in in another tab",
  "shell.notFound.title": "There is no such page",
  "shell.notFound.hint": "The address may be mistyped or old.",
  "shell.notFound.action": "Go to the types",
  "shell.loading": "Loading",
  "shell.messages": "Messages",
  "shell.dismiss": "Dismiss this message",
} as const satisfies Messages;
