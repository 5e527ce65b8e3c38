import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Answer } from "./provider.ts";

/** A step of a stream. */
export type Step = (response: ServerResponse) => unknown;

const part = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

export const send =
  (content: string): Step =>
  (response) =>
    response.write(part(content));
export const sendRaw =
  (text: string): Step =>
  (response) =>
    response.write(text);
export const wait =
  (ms: number): Step =>
  () =>
    pause(ms);
/** What a provider sends while its model thinks. */
export const sayThinking = sendRaw(": still thinking\n\n");
export const finish: Step = (response) => response.end("data: [DONE]\n\n");
export const endEarly: Step = (response) => response.end();

/** A stream whose headers are sent at once. */
export const streams =
  (...steps: readonly Step[]): Answer =>
  async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const step of steps) {
      if (response.destroyed) return;
      await step(response);
    }
  };

/** A good answer, word by word. */
export const says = (text: string): Answer => streams(...(text.match(/\S+\s*/g) ?? []).map(send), finish);

export interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
}

export const refuses =
  (status: number, { code, message = `refused with ${status}`, retryAfter }: Refusal = {}): Answer =>
  (response) => {
    if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message, code } }));
  };

export const neverAnswers: Answer = () => undefined;

export const resets: Answer = (response, request) => {
  request.isBroken = true;
  response.socket?.resetAndDestroy();
};

/** A stream that the connection breaks under after these steps. */
export const breaksAfter =
  (...steps: readonly Step[]): Answer =>
  async (response, request) => {
    // What was written is to arrive before the connection breaks.
    await streams(...steps, wait(20))(response, request);
    await resets(response, request);
  };

/** One answer after the other; the last for good. */
export function inTurn(...answers: readonly [Answer, ...Answer[]]): Answer {
  let count = 0;
  return (response, request) => {
    const answer = answers[Math.min(count, answers.length - 1)] ?? answers[0];
    count += 1;
    return answer(response, request);
  };
}
