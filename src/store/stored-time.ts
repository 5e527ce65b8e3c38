/** Times as this library writes them. */
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Times as people and databases write them: `2026-11-27`, `2026-11-27 08:00:00`, `2026-11-27T08:00:00+01:00`. */
const readable = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** A stored time as ISO 8601 in UTC, which one without a zone is taken for; undefined where it is none. */
export function storedTime(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (written.test(value)) return Number.isNaN(Date.parse(value)) ? undefined : value;
  const [, day, time = "00:00", zone = "Z"] = readable.exec(value) ?? [];
  if (day === undefined) return undefined;
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2");
  const ms = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
