import { PlugbayError } from "../errors.ts";
import { describePlugin, describeType, describeValue, preview } from "./describe.ts";
import type { PluginIdentity, TypeIdentity } from "./identity.ts";

/** A name is empty, too long, untrimmed, or has characters that databases do not agree on. */
export class InvalidNameError extends PlugbayError {
  static override readonly errorName = "InvalidNameError";
  override readonly name = InvalidNameError.errorName;
  readonly code = "INVALID_NAME";
  readonly kind = "invalid";
  /** What the name is of, such as `name of the plugin type`. */
  readonly field: string;
  /** What was given. */
  readonly value: unknown;
  constructor(field: string, value: unknown, problem: string) {
    super(`${field} ${preview(value)} ${problem}`);
    this.field = field;
    this.value = value;
  }
}

/** A priority is not an integer from -32768 to 32767. */
export class InvalidPriorityError extends PlugbayError {
  static override readonly errorName = "InvalidPriorityError";
  override readonly name = InvalidPriorityError.errorName;
  readonly code = "INVALID_PRIORITY";
  readonly kind = "invalid";
  /** What the priority is of. */
  readonly subject: string;
  /** What was given. */
  readonly value: unknown;
  constructor(subject: string, value: unknown) {
    super(`priority ${preview(value)} of ${subject} is not an integer from -32768 to 32767`);
    this.subject = subject;
    this.value = value;
  }
}

/** A status is none of `active`, `reserve`, `disable`. */
export class InvalidStatusError extends PlugbayError {
  static override readonly errorName = "InvalidStatusError";
  override readonly name = InvalidStatusError.errorName;
  readonly code = "INVALID_STATUS";
  readonly kind = "invalid";
  /** What the status is of. */
  readonly subject: string;
  /** What was given. */
  readonly value: unknown;
  constructor(subject: string, value: unknown) {
    super(`status ${preview(value)} of ${subject} is not "active", "reserve" or "disable"`);
    this.subject = subject;
    this.value = value;
  }
}

/** A definition contradicts itself, such as a plugin with both `class` and `create`. */
export class InvalidDefinitionError extends PlugbayError {
  static override readonly errorName = "InvalidDefinitionError";
  override readonly name = InvalidDefinitionError.errorName;
  readonly code = "INVALID_DEFINITION";
  readonly kind = "invalid";
  /** What was to be defined. */
  readonly subject: string;
  constructor(subject: string, problem: string) {
    super(`${subject} ${problem}`);
    this.subject = subject;
  }
}

/** An option of a call has a value that it cannot have. */
export class InvalidOptionError extends PlugbayError {
  static override readonly errorName = "InvalidOptionError";
  override readonly name = InvalidOptionError.errorName;
  readonly code = "INVALID_OPTION";
  readonly kind = "invalid";
  /** The name of the option. */
  readonly option: string;
  /** What was given. */
  readonly value: unknown;
  constructor(option: string, value: unknown, expectation: string) {
    super(`option "${option}" is ${preview(value)}; ${expectation}`);
    this.option = option;
    this.value = value;
  }
}

/** A call was given an option that it does not have, such as a misspelt one. */
export class UnknownOptionError extends PlugbayError {
  static override readonly errorName = "UnknownOptionError";
  override readonly name = UnknownOptionError.errorName;
  readonly code = "UNKNOWN_OPTION";
  readonly kind = "invalid";
  /** The name that no option has. */
  readonly option: string;
  /** The option that may be meant; undefined where none is near. */
  readonly suggestion: string | undefined;
  constructor(call: string, option: string, known: readonly string[], suggestion?: string) {
    super(
      `${call} has no option ${preview(option)}; ` +
        (suggestion === undefined ? `it has ${known.join(", ")}` : `did you mean "${suggestion}"?`),
    );
    this.option = option;
    this.suggestion = suggestion;
  }
}

/** A call was given something else than the token of a plugin type, or than a plugin, that it takes. */
export class InvalidTokenError extends PlugbayError {
  static override readonly errorName = "InvalidTokenError";
  override readonly name = InvalidTokenError.errorName;
  readonly code = "INVALID_TOKEN";
  readonly kind = "invalid";
  /** What was given instead. */
  readonly value: unknown;
  constructor(value: unknown, problem: string) {
    super(`${describeValue(value)} is ${problem}`);
    this.value = value;
  }
}

/** A plugin type declares no methods, so that nothing could be checked or called. */
export class NoMethodsError extends PlugbayError {
  static override readonly errorName = "NoMethodsError";
  override readonly name = NoMethodsError.errorName;
  readonly code = "NO_METHODS";
  readonly kind = "invalid";
  /** The plugin type. */
  readonly type: TypeIdentity;
  constructor(type: TypeIdentity) {
    super(`${describeType(type)} declares no methods; list at least one in "methods"`);
    this.type = type;
  }
}

/** An implementation lacks declared methods; `methods` names them. */
export class MissingMethodError extends PlugbayError {
  static override readonly errorName = "MissingMethodError";
  override readonly name = MissingMethodError.errorName;
  readonly code = "MISSING_METHOD";
  readonly kind = "invalid";
  /** The plugin type. */
  readonly type: TypeIdentity;
  /** The plugin whose implementation lacks methods. */
  readonly plugin: PluginIdentity;
  /** The names of the methods that it lacks. */
  readonly methods: readonly string[];
  constructor(type: TypeIdentity, plugin: PluginIdentity, methods: readonly string[], subject: string) {
    super(
      `${describePlugin(plugin)} does not implement ${describeType(type)}: ${subject} has no method ` +
        methods.map((method) => `"${method}"`).join(", "),
    );
    this.type = type;
    this.plugin = plugin;
    this.methods = methods;
  }
}

/** A class does not extend the class that its plugin type gives as `interface`. */
export class InterfaceNotExtendedError extends PlugbayError {
  static override readonly errorName = "InterfaceNotExtendedError";
  override readonly name = InterfaceNotExtendedError.errorName;
  readonly code = "INTERFACE_NOT_EXTENDED";
  readonly kind = "invalid";
  /** The plugin type that gives the class. */
  readonly type: TypeIdentity;
  /** The plugin whose class does not extend it. */
  readonly plugin: PluginIdentity;
  constructor(type: TypeIdentity, plugin: PluginIdentity, className: string, interfaceName: string) {
    super(
      `${describePlugin(plugin)} for ${describeType(type)}: class ${className} must extend ${interfaceName}`,
    );
    this.type = type;
    this.plugin = plugin;
  }
}
