import { html } from "hono/html";
import type { ItemExplanation, Readiness, Status } from "plugbay";
import { commandFor } from "../command-for.ts";
import type { ReceivingServer } from "../receivers/receiver.ts";
import type { Html } from "./html.ts";
import { timeOfDay } from "./time-of-day.ts";

const statusNames: Readonly<Record<Status, string>> = {
  active: "Active",
  reserve: "Reserved",
  disable: "Disabled",
};

export function providerList(
  providers: readonly ItemExplanation[],
  servers: ReadonlyMap<string, ReceivingServer>,
): Html {
  const serving = providers.find(({ reason }) => reason === "selected")?.item;
  return html`<ol class="providers">${providers.map(({ item, readiness }) => {
    const command = commandFor(item, serving);
    const server = servers.get(item.name);
    return html`
      <li class="${item === serving ? "provider serving" : "provider"}" data-provider="${item.name}">
        <div class="title">
          <h3>${item.name}${item.label === "" ? "" : ` "${item.label}"`}</h3>
          ${item === serving ? html`<strong class="badge">Serving now</strong>` : ""}
        </div>
        <p>${item.description}</p>
        <dl>
          <div><dt>Status</dt><dd>${statusNames[item.status]}</dd></div>
          <div><dt>Priority</dt><dd>${item.priority}</dd></div>
          <div><dt>Readiness</dt><dd class="${readiness.kind}">${inWords(readiness)}</dd></div>
          ${server ? html`<div><dt>Server</dt><dd>${serverSwitch(item.name, server)}</dd></div>` : ""}
        </dl>
        ${command ? howTo(item === serving ? "To take it out" : "To make it serve", command) : ""}
      </li>`;
  })}</ol>`;
}

function serverSwitch(provider: string, { isRunning }: ReceivingServer): Html {
  return html`<form method="post" action="/servers/${provider}">
    ${isRunning ? "running" : html`<span class="failed">stopped</span>`}
    <button class="small" name="state" value="${isRunning ? "stopped" : "running"}"
      aria-label="${isRunning ? "Stop" : "Start"} the server of ${provider}">${isRunning ? "Stop" : "Start"}</button>
  </form>`;
}

/** Word by word, so that a narrow screen does not break the line within an option. */
function howTo(goal: string, command: string): Html {
  return html`<p class="command">${goal}: <code>${command.split(" ").map((word) => html`<span>${word}</span> `)}</code></p>`;
}

function inWords(readiness: Readiness): string {
  switch (readiness.kind) {
    case "ready":
      return "ready";
    case "making":
      return "being made ready";
    case "idle":
      return "not in use";
    case "missing":
      return "not in this process";
    case "failed":
      return `failed: ${readiness.error.message}`;
    case "held":
      return `held by ${readiness.by}: ${readiness.reason}`;
    case "cooling":
      return readiness.until === undefined
        ? "its credentials were refused"
        : `left alone until ${timeOfDay(new Date(readiness.until))}`;
  }
}
