import type { Messages } from "../message.ts";

/** Why something is changed. */
export const reasons = {
  "reasons.optional": "Reason (optional)",
  "reasons.required": "Reason",
  "reasons.long": "At most {most} characters.",
  "reasons.ask.title": "Why this change?",
  "reasons.ask.text": "Every change here needs a reason. The history shows it.",
  "reasons.ask.confirm": "Continue",
  "reasons.none.title": "No reason was given",
  "reasons.none.hint": "Nothing was changed.",
} as const satisfies Messages;
