import { definePluginType, type Policy } from "plugbay";
import { ChatError } from "./chat-error.ts";

export interface Question {
  readonly text: string;
  /** The answer that it follows on, where the provider keeps the conversation. */
  readonly previousAnswer?: string;
}

/** What a call hands through to the provider. */
export interface ChatCall {
  readonly signal: AbortSignal;
  readonly idempotencyKey: string;
  progress(): void;
}

export interface ChatModel {
  /** The parts of the answer as they come. It throws where the answer breaks off: what ends without an error is complete. */
  answer(question: Question, call: ChatCall): AsyncIterable<string>;
}

/** What one provider cannot do and another may. */
const unsuitable: ReadonlySet<string | undefined> = new Set([
  "context_length_exceeded",
  "previous_response_not_found",
]);

/** Models that answer while they think. An answer may be asked for twice: that costs a little, and harms nobody. */
export const defineChat = (policy: Policy = {}) =>
  definePluginType<ChatModel>({
    name: "chat",
    manager: "crash-test",
    methods: { answer: "required" },
    policy: {
      idempotent: true,
      classify: (error) =>
        error instanceof ChatError && unsuitable.has(error.code) ? "unsuitable" : undefined,
      ...policy,
    },
  });
