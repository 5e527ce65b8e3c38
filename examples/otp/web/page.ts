import { html } from "hono/html";
import type { ItemExplanation } from "plugbay";
import type { LogEntry } from "../delivery-log.ts";
import type { ReceivingServer } from "../receivers/receiver.ts";
import type { Html } from "./html.ts";
import { logEntries } from "./log-entries.ts";
import { providerList } from "./provider-list.ts";

export interface PageContent {
  /** What the form proposes to send. */
  readonly message: string;
  /** In the order of selection. */
  readonly providers: readonly ItemExplanation[];
  readonly servers: ReadonlyMap<string, ReceivingServer>;
  /** Newest first. */
  readonly entries: readonly LogEntry[];
}

/** The whole page. live.js fetches it again every second and takes over what is marked `data-live`. */
export function page({ message, providers, servers, entries }: PageContent): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>One-time codes · demo</title>
    <link rel="icon" type="image/svg+xml" href="/icon.svg">
    <link rel="stylesheet" href="/style.css">
    <script type="module" src="/live.js"></script>
  </head>
  <body>
    <header>
      <h1>One-time codes <span class="environment">demo</span></h1>
      <p>An application that only says <code>plugbay.run(otp, …)</code>. Who delivers is decided while it runs.</p>
    </header>
    <main>
      <section aria-labelledby="send">
        <h2 id="send">Send a code</h2>
        <form class="send" method="post" action="/messages">
          <label>Number
            <input name="number" type="tel" value="+1 555 0100" autocomplete="off" required>
          </label>
          <label>Message
            <input name="message" value="${message}" autocomplete="off" required>
          </label>
          <button>Send</button>
        </form>
        <p id="notice" role="status"></p>
      </section>
      <section aria-labelledby="log">
        <h2 id="log">Delivery log</h2>
        <div id="entries" role="group" aria-labelledby="log" tabindex="0" data-live>${logEntries(entries)}</div>
      </section>
      <section aria-labelledby="providers">
        <h2 id="providers">Providers, in the order of selection</h2>
        <p class="hint">Change it in <a href="/admin/" target="_blank">the panel</a>; the password is on the
          terminal. Or type one of the commands in a second terminal, in the folder of the repository, or
          stop a server and see who steps in.</p>
        <div id="provider-list" data-live>${providerList(providers, servers)}</div>
      </section>
    </main>
  </body>
</html>`;
}
