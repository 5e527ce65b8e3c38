/** What an edit of Django's log says: JSON that Django's admin has written, or the text that somebody's code has. */
export function editMessage(message: unknown, action: "create" | "update" | "delete"): string {
  const text = typeof message === "string" ? tidy(message) : "";
  const parts = partsOf(text);
  if (parts === undefined) return text || said[action];
  if (parts.length === 0) return action === "update" ? "no fields changed" : said[action];
  return tidy(parts.map(partText).join("; "));
}

const said = { create: "added", update: "changed", delete: "deleted" } as const;

/** Without what the history's reasons may not have. */
const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replace(/(?!\n)\p{Cc}/gu, " ")
    .trim();

function partsOf(text: string): readonly unknown[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `{"changed": {"fields": ["Status"], "name": "plugin item", "object": "sms"}}` */
function partText(part: unknown): string {
  const [[verb, details] = ["changed", undefined]] = Object.entries(isObject(part) ? part : {});
  const { fields, name, object } = isObject(details) ? details : {};
  const subject = [name, object].filter((word) => typeof word === "string" && word !== "");
  const changed = Array.isArray(fields) ? fields.map(String) : [];
  const words = [verb, changed.join(", "), ...(subject.length > 0 ? [`of ${subject.join(" ")}`] : [])];
  return words.filter((word) => word !== "").join(" ");
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
