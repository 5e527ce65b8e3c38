import { HttpProblem } from "../problems/http-problem.ts";

/** Why a change is made: headers have no other characters than those of ASCII, so it is percent-encoded UTF-8. */
export const reasonHeader = "plugbay-reason";

/** For the OpenAPI description. */
export const reasonParameter = {
  name: "Plugbay-Reason",
  in: "header",
  required: false,
  description:
    "Why, for the history: at most 500 characters, percent-encoded as encodeURIComponent does it. Where a reason is " +
    "required, a change without one is a 400 with the code REASON_REQUIRED.",
  schema: { type: "string" },
};

/** The reason that a request gives. @throws HttpProblem where it cannot be decoded */
export function readReason(request: Request): string | undefined {
  const value = request.headers.get(reasonHeader);
  if (value === null) return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    const issues = [{ path: "/Plugbay-Reason", message: "is not percent-encoded UTF-8" }];
    throw new HttpProblem(400, "INVALID_INPUT", "a header is wrong", { issues });
  }
}
