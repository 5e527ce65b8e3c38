/** An integer as any client gives it; undefined where it is none, or one that no number holds exactly. */
export function asInteger(value: unknown): number | undefined {
  const isNumeral = typeof value === "string" && /^-?\d{1,30}$/.test(value);
  const number = typeof value === "bigint" || isNumeral ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}
