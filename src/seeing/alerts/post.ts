import { classifyError } from "../../calling/classify-error.ts";
import { messageOf } from "../../thrown.ts";
import type { AlertRequest } from "./alert-target.ts";

/** How long an answer is waited for, in milliseconds. */
const limitMs = 10_000;

/**
 * What became of a request. `unsent`: it cannot have arrived. `failed`: it may have. The texts tell nothing that was
 * answered, and no address.
 */
export type Posted =
  | { readonly kind: "sent" }
  | { readonly kind: "unsent" | "failed"; readonly problem: string };

/** Sends a request, and follows no redirect. Never throws. */
export async function post({ url, headers, body }: AlertRequest): Promise<Posted> {
  try {
    const signal = AbortSignal.timeout(limitMs);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    await response.body?.cancel().catch(() => undefined);
    if (response.ok) return { kind: "sent" };
    return { kind: "failed", problem: `it was answered with status ${response.status}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const problem = messageOf(cause).replaceAll(url, "its address");
    return { kind: classifyError(error) === "retryable" ? "unsent" : "failed", problem };
  }
}
