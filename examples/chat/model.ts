import { definePluginType } from "plugbay";

export interface Model {
  /** The parts of an answer, as they come. */
  complete(prompt: string, signal: AbortSignal): AsyncIterable<string>;
}

export const model = definePluginType<Model>({
  name: "model",
  manager: "apps/chat",
  description: "Language models",
  methods: { complete: "required" },
  // Until the first part, and between two.
  policy: { idempotent: true, idleTimeoutMs: Number(process.env.IDLE_TIMEOUT_MS ?? 3_000) },
});
