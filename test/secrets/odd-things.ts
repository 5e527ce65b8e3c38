import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

const refuses = (): never => {
  throw new Error("it refuses to be read");
};

const everyTrap = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map((trap) => [trap, refuses]),
) as ProxyHandler<object>;

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const refusing = (...keys: (string | symbol)[]): Error => {
  const error = new TypeError("declined");
  for (const key of keys) Object.defineProperty(error, key, { get: refuses, enumerable: true });
  return error;
};

function endless(): Error {
  const error = new Error("declined");
  const again = (): unknown => error.message;
  return Object.defineProperty(error, "message", { get: again });
}

function deepCauses(): Error {
  let error = new Error("the first of all");
  for (let depth = 0; depth < 10_000; depth += 1) error = new Error(`declined ${depth}`, { cause: error });
  return error;
}

function cyclicCauses(): Error {
  const one = new Error("declined");
  one.cause = new Error("because of the other", { cause: one });
  return one;
}

function prototypeless(properties: object): object {
  return Object.assign(Object.create(null) as object, properties);
}

/** Whatever a plugin can throw, made anew for each test, with the text that is told of it. */
export const oddThings: Readonly<Record<string, readonly [make: () => unknown, text: string]>> = {
  null: [() => null, "null"],
  undefined: [() => undefined, "undefined"],
  "a number": [() => 42, "42"],
  "a bigint": [() => 42n, "42"],
  "a symbol": [() => Symbol("declined"), "Symbol(declined)"],
  "a text": [() => "declined", "declined"],
  "an empty text": [() => "", "an empty text"],
  "a function": [() => function decline() {}, "the function decline"],
  "an object": [() => ({ code: 402, reason: "declined" }), '{"code":402,"reason":"declined"}'],
  "an object without prototype": [() => prototypeless({ reason: "declined" }), '{"reason":"declined"}'],
  "one with a message": [() => prototypeless({ message: "declined" }), "declined"],
  "a bare object without prototype": [() => prototypeless({}), "{}"],
  "a list": [() => ["declined", 402], '["declined",402]'],
  "a buffer": [() => Buffer.from("declined"), "8 bytes"],
  "what says what it is": [() => ({ toString: () => "declined" }), "declined"],
  "what refuses to say": [() => ({ reason: "declined", toString: refuses }), '"reason":"declined"'],
  "an error whose message refuses": [() => refusing("message"), "TypeError, whose message cannot be read"],
  "an error whose message is endless": [endless, "Error, whose message cannot be read"],
  "an error whose message is an object": [
    () => Object.assign(new Error(), { message: { reason: "declined" } }),
    '{"message":{"reason":"declined"}}',
  ],
  "an error whose stack refuses": [() => refusing("stack"), "declined"],
  "an error whose name refuses": [() => refusing("name"), "declined"],
  "an error whose cause refuses": [() => refusing("cause"), "declined"],
  "an error whose code refuses": [() => refusing("code"), "declined"],
  "an error whose errors refuse": [() => refusing("errors"), "declined"],
  "an error that refuses to be inspected": [() => refusing(inspect.custom), "declined"],
  "an error whose part refuses to be inspected": [
    () => Object.assign(new Error("declined"), { extra: { [inspect.custom]: refuses } }),
    "declined",
  ],
  "an error that is no text and no JSON": [() => refusing("toString", "toJSON"), "declined"],
  "a frozen error": [() => Object.freeze(new Error("declined")), "declined"],
  "a proxy that refuses everything": [() => new Proxy({}, everyTrap), "an object that cannot be read"],
  "a proxy of an error": [() => new Proxy(new Error("declined"), {}), "declined"],
  "what descends from a proxy": [() => Object.create(new Proxy({}, everyTrap)) as object, "{}"],
  "a revoked proxy": [revoked, "an object that cannot be read"],
  "an error with a revoked proxy": [
    () => Object.assign(new Error("declined"), { errors: revoked(), cause: revoked() }),
    "declined",
  ],
  "an error that is its cause's cause": [cyclicCauses, "declined"],
  "an error with 10,000 causes": [deepCauses, "declined 9999"],
  "100,000 errors": [
    () => new AggregateError(Array.from({ length: 100_000 }, (_, index) => new Error(`declined ${index}`))),
    "declined 0, declined 1,",
  ],
  "an error of another realm": [() => runInNewContext('new RangeError("declined")') as unknown, "declined"],
  "a message of 5 MB": [() => new Error(`declined ${"x".repeat(5_000_000)}`), "declined xxx"],
  "a text of 5 MB": [() => `declined ${"x".repeat(5_000_000)}`, "declined xxx"],
};
