import { inexactNumbers, losesDigits, tooManyDigits } from "../../definition/exact-number.ts";
import { presentIssues } from "../present/issue.ts";
import { HttpProblem } from "../problems/http-problem.ts";
import { exactNumbers, numbersHeader, parsedNumbers } from "./numbers-header.ts";

const longestBody = 1_000_000;

/** The body of a request as JSON. */
export async function readJson(request: Request): Promise<unknown> {
  if (mediaType(request) !== "application/json") throw notJson();
  const bytes = await readBytes(request);
  const { text, value } = parse(bytes);
  const refused = inexactNumbers(text, wasParsed(request) ? mayBeRounded : losesDigits);
  if (refused.length === 0) return value;
  const issues = presentIssues(
    refused.map(({ path, written }) => ({ path, message: losesDigits(written) ? tooManyDigits : rounded })),
  );
  const detail = issues.map(({ path, message }) => `${path || "the body"} ${message}`).join("; ");
  throw new HttpProblem(400, "INVALID_INPUT", detail, { issues });
}

function parse(bytes: Buffer): { readonly text: string; readonly value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, value: JSON.parse(text) as unknown };
  } catch {
    throw new HttpProblem(400, "INVALID_INPUT", "the body is not JSON in UTF-8");
  }
}

const wasParsed = ({ headers }: Request): boolean => headers.get(numbersHeader) === parsedNumbers;

const rounded =
  "is an integer that a body parser in front of the panel may have rounded; a text keeps all digits, and a client " +
  `whose numbers are JavaScript's sends ${numbersHeader}: ${exactNumbers}`;

/** Large integers too, which look as if they were kept. */
const mayBeRounded = (written: string): boolean =>
  losesDigits(written) || (/^-?\d+$/.test(written) && !Number.isSafeInteger(Number(written)));

/** Refuses what a form of another site would send, where no body is expected. */
export function refuseOtherThanJson(request: Request): void {
  if ((mediaType(request) ?? "application/json") !== "application/json") throw notJson();
}

const mediaType = ({ headers }: Request): string | undefined =>
  headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();

const notJson = (): HttpProblem =>
  new HttpProblem(415, "UNSUPPORTED_MEDIA_TYPE", "the body must be of the type application/json");

/** Reads no more than may be: a length that is declared may be a lie. */
async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (Number(request.headers.get("content-length")) > longestBody) throw tooLarge();
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > longestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

const tooLarge = (): HttpProblem =>
  new HttpProblem(413, "PAYLOAD_TOO_LARGE", `the body has more than ${longestBody} bytes`);
