import { HttpProblem } from "../problems/http-problem.ts";

/** What a request is known by when it is sent again (draft-ietf-httpapi-idempotency-key-header). */
const keyHeader = "idempotency-key";

/** For the OpenAPI description. */
export const keyParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "1 to 200 characters, such as a random id. A request with a key that was used before, for the same thing, changes " +
    "nothing and answers as the first did, with items as they are now; for something else it is a 409. Keys are kept " +
    "as long as the history.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

/** The key of a request. Clients that go by the draft put it into quotes, others do not. */
export function readKey(request: Request): string | undefined {
  const value = request.headers.get(keyHeader);
  if (value === null) return undefined;
  const key = value.startsWith('"') ? unquoted(value) : value;
  if (key === undefined || key === "" || key !== key.trim() || key.length > 200) {
    const issues = [{ path: "/Idempotency-Key", message: "is not 1 to 200 characters" }];
    throw new HttpProblem(400, "INVALID_INPUT", "a header is wrong", { issues });
  }
  return key;
}

const unquoted = (value: string): string | undefined =>
  /^"((?:[^"\\]|\\["\\])*)"$/.exec(value)?.[1]?.replace(/\\(.)/g, "$1");
