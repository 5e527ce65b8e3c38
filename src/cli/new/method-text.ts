import type { Contract } from "./declaration.ts";

/** What every module knows without an import. */
const known = new Set(
  (
    "Promise PromiseLike Date URL Error Buffer Uint8Array ArrayBuffer AbortSignal Array ReadonlyArray Record Partial " +
    "Readonly Map ReadonlyMap Set ReadonlySet Iterable Iterator AsyncIterable AsyncIterator AsyncGenerator Generator"
  ).split(" "),
);

/** How methods are written. */
export interface MethodStyle {
  readonly isTyped: boolean;
  /** Whether the compiler refuses parameters that nothing reads, unless a line is in front of them. */
  readonly refusesUnused: boolean;
}

interface Signature {
  readonly parameters: string;
  readonly result: string;
}

/**
 * A method that is still to be written, with the types of its contract. Types that need other names of that file are
 * taken from the contract: `Parameters<OtpSender["send"]>`.
 */
export function methodText(
  method: string,
  contract: Contract | undefined,
  { isTyped, refusesUnused }: MethodStyle,
): string[] {
  const fails = `throw new Error(${JSON.stringify(`${method} is not written yet`)});`;
  const name = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(method) ? method : JSON.stringify(method);
  if (!isTyped) return [`async ${name}() {`, `  ${fails}`, "}"];
  if (contract === undefined) return [`${name}() {`, `  ${fails}`, "}"];
  const override = contract.kind === "class" ? "override " : "";
  const signature = signatureOf(method, contract.body ?? "");
  if (signature === undefined) {
    const called = `${contract.name}[${JSON.stringify(method)}]`;
    const parameters = `..._args: Parameters<${called}>`;
    return [`${override}${name}(${parameters}): ReturnType<${called}> {`, `  ${fails}`, "}"];
  }
  const { result } = signature;
  const parameters = refusesUnused
    ? signature.parameters.replace(/(^|, )(\.{3})?(?=\w+\??:)/g, "$1$2_")
    : signature.parameters;
  const async = result.startsWith("Promise<") ? "async " : "";
  return [`${override}${async}${name}(${parameters}): ${result} {`, `  ${fails}`, "}"];
}

/** The signature of a method, where it is written out and needs nothing that has to be imported. */
function signatureOf(method: string, body: string): Signature | undefined {
  const escaped = method.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    `^\\s*(?:public\\s+|abstract\\s+|readonly\\s+)*${escaped}\\s*(?:\\(([^(){}]*)\\)\\s*:|:\\s*\\(([^(){}]*)\\)\\s*=>)\\s*([^;{}()\\n]+);`,
    "gm",
  );
  const [found, ...overloads] = [...body.matchAll(pattern)];
  if (found === undefined || overloads.length > 0) return undefined;
  const [, ofMethod, ofProperty, result = ""] = found;
  const parameters = (ofMethod ?? ofProperty ?? "").trim().replace(/\s+/g, " ").replace(/,$/, "");
  const isPlain = ![parameters, result].some(needsImports);
  return isPlain ? { parameters, result: result.trim() } : undefined;
}

const needsImports = (text: string): boolean =>
  /\b(typeof|import|infer|this)\b|\/[/*]/.test(text) ||
  [...text.matchAll(/\b[A-Z]\w*/g)].some(([name]) => !known.has(name));
