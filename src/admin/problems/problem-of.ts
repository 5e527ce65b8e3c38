import { randomUUID } from "node:crypto";
import { InvalidConfigError } from "../../control/config/config-errors.ts";
import { ConflictError } from "../../control/errors.ts";
import { PlugbayError } from "../../errors.ts";
import type { Plugbay } from "../../plugbay.ts";
import { warn } from "../../warn.ts";
import type { Problem } from "../contract/contract.ts";
import { presentIssues } from "../present/issue.ts";
import { presentFound } from "../present/item.ts";
import { HttpProblem } from "./http-problem.ts";
import { statusOf } from "./status-of.ts";

const titles: Readonly<Record<number, string>> = {
  400: "The request is wrong",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Not possible here",
  409: "Conflicts with the current state",
  413: "Too large",
  415: "Not understood",
  429: "Too many at once",
  500: "Something went wrong",
  503: "Not available",
};

/** What went wrong in the words of RFC 9457. Nothing is told of errors that were not foreseen. */
export function problemOf(error: unknown, plugbay: Plugbay): Response {
  if (error instanceof HttpProblem) {
    const { status, code, message, issues, headers } = error;
    return answer({ status, code, detail: message, ...(issues && { issues }) }, headers);
  }
  if (error instanceof PlugbayError && statusOf(error) !== 500) {
    const current = error instanceof ConflictError ? error.all : undefined;
    const issues = error instanceof InvalidConfigError ? presentIssues(error.issues) : undefined;
    return answer({
      status: statusOf(error),
      code: error.code,
      detail: error.message,
      ...(current && {
        // Who may not change them is told so, and not of a conflict.
        current: current.map((item) => presentFound(item, plugbay.readiness(item), plugbay.registry, true)),
      }),
      ...(issues && { issues }),
    });
  }
  const id = randomUUID();
  warn("a request of the admin panel failed", error, id);
  const detail = `the server's log says more, by the id ${id}`;
  return answer({ status: 500, code: "INTERNAL", detail, instance: `urn:uuid:${id}` });
}

function answer(
  problem: Omit<Problem, "type" | "title">,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { status, code } = problem;
  const body: Problem = { type: `urn:plugbay:${code}`, title: titles[status] ?? "Refused", ...problem };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
