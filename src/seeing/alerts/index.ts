export type { AlertMessage, ToldChange } from "./alert-message.ts";
export type { AlertFilter, AlertOptions, AlertRequest, AlertTarget } from "./alert-target.ts";
export { slack } from "./slack.ts";
export { type WebhookOptions, webhook } from "./webhook.ts";
