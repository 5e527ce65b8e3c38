import type { AttributeValue } from "@opentelemetry/api";
import { itemLabel } from "../definition/describe.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome } from "../definition/policy.ts";
import { codeOf, isError, nameOf, propertyOf } from "../thrown.ts";

type Attributes = Record<string, AttributeValue>;

export const typeAttributes = ({ manager, name }: TypeIdentity, namespace: string): Attributes => ({
  "feature_flag.key": `${manager}/${name}`,
  "feature_flag.provider.name": "plugbay",
  "plugbay.namespace": namespace,
});

export const itemAttributes = (item: PluginItem): Attributes => ({
  "feature_flag.result.variant": itemLabel(item),
});

export const wordOf = (outcome: "success" | "aborted" | Outcome): string =>
  typeof outcome === "object" ? "exhausted" : outcome;

/** What error codes look like. What does not may be anything, an id or a text for people. */
const codeForm = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** A class of errors, of which there are few: the code, the status of an HTTP answer, or the name of the class. */
export function errorType(error: unknown): string {
  const code = codeOf(error);
  if (code !== undefined && codeForm.test(code)) return code;
  const status = propertyOf(error, "status") ?? propertyOf(error, "statusCode");
  if (Number.isInteger(status) && Number(status) >= 100 && Number(status) < 600) return String(status);
  const name = isError(error) ? nameOf(error) : "";
  return codeForm.test(name) ? name : "_OTHER";
}
