import { endpoint } from "./endpoint.ts";
import { count, id, list, type Of, object, oneOf, optional, text } from "./schema.ts";
import { TypeIdentity } from "./words.ts";

const FindingInfo = object(
  {
    level: oneOf(["problem", "warning", "ok"]),
    code: text({ description: "What kind of finding it is, such as `unserved` or `item-failed`." }),
    message: text(),
    fix: optional(text({ description: "What to do about it; all have it that are not `ok`." })),
    type: optional(TypeIdentity),
    itemId: optional(id()),
    causes: optional(list(text(), { description: "What led to it." })),
  },
  { title: "FindingInfo" },
);

export type DiagnosisInfo = Of<typeof DiagnosisInfo>;
export const DiagnosisInfo = object(
  {
    problems: count(),
    warnings: count(),
    findings: list(FindingInfo, { description: "The gravest first; at most 1,000." }),
  },
  { title: "DiagnosisInfo" },
);

export const diagnose = endpoint({
  method: "GET",
  path: "/diagnosis",
  summary: "What is wrong with rows, plugins and processes, each trouble once. Reads all rows",
  answer: DiagnosisInfo,
});
