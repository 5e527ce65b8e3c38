import { html } from "hono/html";
import type { LogEntry } from "../delivery-log.ts";
import type { Html } from "./html.ts";
import { timeOfDay } from "./time-of-day.ts";

export function logEntries(entries: readonly LogEntry[]): Html {
  if (entries.length === 0) return html`<p class="hint">Nothing yet. Send a code.</p>`;
  return html`<ol class="entries">${entries.map(
    (entry) => html`
      <li class="entry ${entry.kind}">
        <time datetime="${entry.at.toISOString()}">${timeOfDay(entry.at)}</time>
        ${whatHappened(entry)}
      </li>`,
  )}</ol>`;
}

function whatHappened(entry: LogEntry): Html {
  const to = html`<span class="to">${entry.to}</span>`;
  switch (entry.kind) {
    case "delivered":
      return html`<strong>${entry.provider}</strong> delivered to ${to}<span class="text">${entry.text}</span>`;
    case "failed":
      return html`<strong>${entry.provider}</strong> failed for ${to}<span class="text">${entry.error}</span>`;
    case "undelivered":
      return html`<strong>nobody</strong> delivered to ${to}<span class="text">${entry.error}</span>`;
  }
}
