/** Names of fields that hold secrets, whatever is around them: `apiKey`, `smtp_password`, `Client-Secret`. */
const names = /(?:pass(?:word|wd|phrase)|secret|token|api[-_]?key|private[-_]?key|credentials?)$/i;

/**
 * The fields of a config that are texts, have a secret's name, and are not among the plugin's secrets, such as
 * `smtp.password`. What is inside a list cannot be a secret.
 */
export function suspectedSecrets(config: unknown, secrets: readonly string[], path = ""): string[] {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return [];
  return Object.entries(config).flatMap(([name, value]) => {
    const field = path === "" ? name : `${path}.${name}`;
    if (typeof value !== "string") return suspectedSecrets(value, secrets, field);
    return names.test(name) && !secrets.includes(field) ? [`"${field}"`] : [];
  });
}
