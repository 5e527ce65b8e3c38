/** A value as JSON, where that was made beforehand. */
export class JsonText<T> {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  describes?(value: T): void;
}

/** An object some of whose fields are JSON already. */
export function jsonObject<T extends object>(
  fields: {
    readonly [K in keyof T]: T[K] | JsonText<T[K]>;
  },
): JsonText<T> {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`);
  return new JsonText(`{${parts.join(",")}}`);
}

export const jsonArray = <T>(values: readonly JsonText<T>[]): JsonText<T[]> =>
  new JsonText(`[${values.map(({ text }) => text).join(",")}]`);

const textOf = (value: unknown): string => (value instanceof JsonText ? value.text : JSON.stringify(value));
