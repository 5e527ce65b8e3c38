import type { ConfigIssue } from "../../definition/config-issue.ts";
import { losesDigits } from "../../definition/exact-number.ts";
import { type Document, isPair, isScalar, isSeq, type Scalar, visit } from "../../vendor/yaml.ts";

/** The paths of the numbers of a YAML document that would be read as other numbers than they are written as. */
export function inexactScalars(document: Document): ConfigIssue["path"][] {
  const found: ConfigIssue["path"][] = [];
  visit(document, {
    Scalar(key, scalar, ancestors) {
      if (key !== "key" && isInexact(scalar)) found.push(pathOf([...ancestors, scalar]));
    },
  });
  return found;
}

function isInexact({ value, source = "" }: Scalar): boolean {
  if (typeof value !== "number") return false;
  const isDecimal = !/^0[xo]/.test(source);
  return losesDigits(isDecimal ? source : String(BigInt(source)));
}

/** Keys and indexes that lead from the top through these nodes. */
const pathOf = (nodes: readonly unknown[]): ConfigIssue["path"] =>
  nodes.flatMap((node, index): (string | number)[] => {
    if (isPair(node)) return [isScalar(node.key) ? String(node.key.value) : ""];
    return isSeq(node) ? [node.items.indexOf(nodes[index + 1])] : [];
  });
