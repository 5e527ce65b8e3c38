import { types } from "node:util";
import {
  type KyselyPlugin,
  type OperationNode,
  PrimitiveValueListNode,
  RawNode,
  type RootOperationNode,
  ValueListNode,
  ValueNode,
} from "kysely";

/**
 * Writes texts as hexadecimal literals, which a server reads the same way under every `sql_mode`. mysql2 puts
 * values into statements on the client's side, with backslashes that a server under NO_BACKSLASH_ESCAPES takes
 * for part of the text: there a quote in a text would end it, and what follows would be SQL. A prepared
 * statement would do as well, but not for a Kysely instance of the application, nor for the empty text, which
 * is null under EMPTY_STRING_IS_NULL. The mode may change at any time, for connections that are opened later.
 *
 * Numbers, nulls and texts without a character that any mode could care for are left to the driver.
 */
export const safeValues: KyselyPlugin = {
  transformQuery: ({ node }) => rewritten(node) as RootOperationNode,
  transformResult: async ({ result }) => result,
};

// Not Kysely's OperationNodeTransformer: the tree may be of another version, with kinds of nodes that ours
// does not know.
function rewritten(node: OperationNode): OperationNode {
  if (ValueNode.is(node)) return needsNode(node.value) ? literal(node.value) : node;
  if (PrimitiveValueListNode.is(node)) {
    if (!node.values.some(needsNode)) return node;
    return ValueListNode.create(
      node.values.map((value) => (needsNode(value) ? literal(value) : ValueNode.create(value))),
    );
  }
  const parts = Object.entries(node).map(([key, part]) => [key, rewrittenPart(part)]);
  return Object.freeze(Object.fromEntries(parts)) as OperationNode;
}

function rewrittenPart(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(rewrittenPart);
  return isNode(part) ? rewritten(part) : part;
}

const isNode = (part: unknown): part is OperationNode =>
  typeof part === "object" && part !== null && "kind" in part && typeof part.kind === "string";

/** Without the empty text, and within ASCII, which all character sets of connections share. */
const harmless = /^[A-Za-z0-9 ._:-]+$/;

const needsNode = (value: unknown): value is string => {
  // mysql2 would write these as lists of columns, or of values.
  if (typeof value === "object" && value !== null && !types.isDate(value) && !ArrayBuffer.isView(value)) {
    throw new TypeError("a query takes texts, numbers, dates and bytes, not objects or lists");
  }
  return typeof value === "string" && !harmless.test(value);
};

const literal = (text: string): RawNode =>
  RawNode.createWithSql(`_utf8mb4 x'${Buffer.from(text, "utf8").toString("hex")}'`);
