import { ChatError } from "./chat-error.ts";
import type { ChatCall, ChatModel, Question } from "./chat-model.ts";
import { eventsOf } from "./server-sent-events.ts";

export interface ChatAccount {
  readonly url: string;
  readonly apiKey: string;
}

/** Speaks the interface of OpenAI's chat completions, which most providers have. */
export class ChatClient implements ChatModel {
  readonly #account: ChatAccount;

  constructor(account: ChatAccount) {
    this.#account = account;
  }

  async *answer(question: Question, { signal, idempotencyKey, progress }: ChatCall): AsyncGenerator<string> {
    const response = await fetch(new URL("/v1/chat/completions", this.#account.url), {
      method: "POST",
      headers: {
        authorization: `Bearer ${this.#account.apiKey}`,
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify({
        stream: true,
        messages: [{ role: "user", content: question.text }],
        previous_response_id: question.previousAnswer,
      }),
      signal,
    });
    if (!response.ok) throw await ChatError.of(response);
    if (response.body === null) throw new ChatError("the answer is empty");
    // A comment is progress, too: it says that the model still thinks.
    for await (const data of eventsOf(response.body, progress)) {
      if (data === "[DONE]") return;
      const text = textOf(data);
      if (text !== "") yield text;
    }
    throw new ChatError("the answer ended without its last mark");
  }
}

interface Part {
  readonly choices?: readonly { readonly delta?: { readonly content?: unknown } }[];
}

function textOf(data: string): string {
  let part: Part;
  try {
    part = JSON.parse(data) as Part;
  } catch (cause) {
    throw Object.assign(new ChatError(`a part of the answer is no JSON: ${data}`), { cause });
  }
  const content = part.choices?.[0]?.delta?.content ?? "";
  if (typeof content !== "string") throw new ChatError(`a part of the answer has no text: ${data}`);
  return content;
}
