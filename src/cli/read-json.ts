import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { inexactNumbers, tooManyDigits } from "../definition/exact-number.ts";
import type { JsonValue } from "../definition/plugin-item.ts";
import { messageOf } from "../thrown.ts";
import { UsageError } from "./errors.ts";

/**
 * JSON from an operand: the JSON itself, `@file`, or `-` for standard input. What it says is not repeated in
 * messages: it may be a secret.
 *
 * @throws UsageError
 */
export async function readJson(operand: string): Promise<JsonValue> {
  const [source, content] = await read(operand);
  let value: JsonValue;
  try {
    value = JSON.parse(content) as JsonValue;
  } catch {
    throw new UsageError(`${source} is not JSON; give JSON, @file, or - for standard input`);
  }
  const [inexact] = inexactNumbers(content);
  if (inexact === undefined) return value;
  throw new UsageError(`${[source, ...inexact.path].join(".")} ${tooManyDigits}`);
}

async function read(operand: string): Promise<[source: string, content: string]> {
  if (operand === "-") return ["standard input", await text(process.stdin)];
  if (!operand.startsWith("@")) return ["the config", operand];
  const file = operand.slice(1);
  try {
    return [file, await readFile(file, "utf8")];
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${messageOf(error)}`);
  }
}
