import { InvalidOptionError } from "../../definition/errors.ts";
import { ReasonRequiredError } from "../errors.ts";

const maxCodePoints = 500;

/** What a reason may not have: control characters, but for the line feed. */
const control = /(?!\n)\p{Cc}/u;

/**
 * Why a change is made, without spaces at its ends; null where that was not said.
 *
 * @throws InvalidOptionError; ReasonRequiredError where it has to be said
 */
export function checkReason(
  reason: unknown,
  { isRequired }: { readonly isRequired: boolean },
): string | null {
  if (reason !== undefined && !isReason(reason)) {
    const expectation = `it is a text of at most ${maxCodePoints} characters, without control characters but line feeds`;
    throw new InvalidOptionError("reason", reason, expectation);
  }
  const text = reason?.trim() || null;
  if (text === null && isRequired) throw new ReasonRequiredError();
  return text;
}

const isReason = (reason: unknown): reason is string =>
  typeof reason === "string" &&
  reason.isWellFormed() &&
  !control.test(reason) &&
  [...reason].length <= maxCodePoints;
