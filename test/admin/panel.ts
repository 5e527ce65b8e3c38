import type { Plugbay } from "plugbay";
import { type Admin, type AdminOptions, createAdmin } from "plugbay/admin";
import type { Problem } from "../../src/admin/contract/contract.ts";
import { describeApi } from "../../src/admin/openapi.ts";
import { checkOptions } from "../../src/admin/settings.ts";
import { AnswerCheck } from "./answer-check.ts";

export interface RequestOptions {
  readonly body?: unknown;
  /** In place of `body`, as it is. */
  readonly rawBody?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const origin = "https://plugins.example";

/** A browser in front of an admin panel. Every JSON answer is held against the API's description of itself. */
export class Panel {
  readonly admin: Admin;
  readonly #check: AnswerCheck;

  /** Everybody may write, unless `options` say otherwise. */
  constructor(plugbay: Plugbay, options: AdminOptions = {}) {
    const settings = {
      basePath: "/admin",
      authorize: () => ({ actor: "olga", access: "write" as const }),
      ...options,
    };
    this.admin = createAdmin(plugbay, settings);
    this.#check = new AnswerCheck(describeApi(checkOptions(settings)));
  }

  /** A request as the panel's own page sends it; `path` is below the origin. */
  async fetch(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { body, rawBody = body === undefined ? undefined : JSON.stringify(body) } = options;
    const response = await this.admin.fetch(
      new Request(origin + path, {
        method,
        headers: {
          "sec-fetch-site": "same-origin",
          ...(rawBody !== undefined && { "content-type": "application/json" }),
          ...options.headers,
        },
        ...(rawBody !== undefined && { body: rawBody }),
        ...(options.signal && { signal: options.signal }),
      }),
    );
    await this.#checkAnswer(method, path, response);
    return response;
  }

  /** The answer to a request of the API that must succeed. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.fetch(method, `/admin/api/${path}`, { body });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
    return answer as T;
  }

  /** The problem that a request of the API must end in. */
  async refusal(method: string, path: string, options: RequestOptions = {}): Promise<Problem> {
    const response = await this.fetch(method, `/admin/api/${path}`, options);
    const problem = (await response.json()) as Problem;
    if (response.status < 400) throw new Error(`it was not refused: ${JSON.stringify(problem)}`);
    return problem;
  }

  async #checkAnswer(method: string, path: string, response: Response): Promise<void> {
    const { pathname } = new URL(origin + path);
    const type = response.headers.get("content-type") ?? "";
    if (method === "HEAD" || !pathname.startsWith("/admin/api/") || !/json/.test(type)) return;
    const answer: unknown = await response.clone().json();
    const route = pathname.slice("/admin/api".length).replace(/\/$/, "");
    this.#check.check(method, route, response.status, type, answer);
  }
}
