import { runInNewContext } from "node:vm";
import { DatabaseUnavailableError, PlugbayError } from "plugbay";
import { describe, expect, test } from "vitest";
import { hideInError } from "../src/secrets/hide-secrets.ts";
import { mysqlMeaning } from "../src/store/mysql/mysql-errors.ts";
import { postgresMeaning } from "../src/store/postgres/postgres-errors.ts";
import { sqliteMeaning } from "../src/store/sqlite/sqlite-errors.ts";
import { codeOf, isError, messageOf, nameOf, propertyOf, stackOf, withCauses } from "../src/thrown.ts";

/** An error of another realm, as Node's and those of drivers are under Jest. */
const foreign = (message: string, properties: object = {}): unknown =>
  Object.assign(runInNewContext("new Error(message)", { message }), properties);

const refusing = new Proxy(new Error("unseen"), {
  get: () => {
    throw new Error("no property of this is read");
  },
});
const revoked = Proxy.revocable({}, {});
revoked.revoke();

const oddities: Record<string, unknown> = {
  "a text": "thrown",
  null: null,
  undefined: undefined,
  "a number": 7,
  "a symbol": Symbol("thrown"),
  "an object without a prototype": Object.create(null),
  "a frozen error": Object.freeze(new Error("frozen")),
  "a proxy that refuses": refusing,
  "a proxy that was revoked": revoked.proxy,
  "an error with a getter that throws": Object.defineProperty(new Error("x"), "message", {
    get() {
      throw new Error("from the getter");
    },
  }),
  "an error with a message that is no text": Object.assign(new Error("x"), { message: 7 }),
};

describe("an error of another realm", () => {
  test("is not an Error here, and is read like one", () => {
    const error = foreign("it broke", { code: "ECONNREFUSED" });
    expect(error instanceof Error).toBe(false);
    expect(isError(error)).toBe(true);
    expect([nameOf(error), messageOf(error), codeOf(error)]).toEqual(["Error", "it broke", "ECONNREFUSED"]);
    expect(stackOf(error)).toContain("it broke");
    expect(postgresMeaning(error)).toEqual({ kind: "unreachable" });
    expect(new DatabaseUnavailableError("it", error).message).toBe("it is not available: it broke");
  });

  test("is known to be SQLite's", () => {
    expect(sqliteMeaning(foreign("no such table: plugbay_migration"))?.kind).toBe("missing-table");
    expect(sqliteMeaning(foreign("FOREIGN KEY constraint failed"))?.kind).toBe("foreign-key");
    expect(sqliteMeaning(foreign("x", { errcode: 13 }))?.kind).toBe("refused");
    expect(sqliteMeaning(foreign("x", { code: "SQLITE_BUSY" }))?.kind).toBe("lock-wait");
  });

  test("tells no secret", () => {
    const hidden = hideInError(foreign("token abc-123 was refused", { code: "E_TOKEN" }), ["abc-123"]);
    expect(hidden).toMatchObject({ message: "token [secret] was refused", code: "E_TOKEN" });
  });
});

describe("what may be thrown", () => {
  test.each(Object.entries(oddities))("%s can be asked for everything", (_, error) => {
    expect(typeof messageOf(error)).toBe("string");
    expect(typeof nameOf(error)).toBe("string");
    for (const meaningOf of [sqliteMeaning, postgresMeaning, mysqlMeaning]) {
      expect(meaningOf(error)).toBeUndefined();
    }
    expect(() => [
      stackOf(error),
      codeOf(error),
      propertyOf(error, "cause"),
      [...withCauses(error)],
    ]).not.toThrow();
    expect(() => hideInError(error, ["a secret"])).not.toThrow();
    expect(new DatabaseUnavailableError("it", error)).toBeInstanceOf(PlugbayError);
  });

  test("an aggregate without a message is told by its parts", () => {
    expect(messageOf(new AggregateError([new Error("one"), "two", new TypeError("")]))).toBe(
      "one, two, TypeError",
    );
  });

  test("causes that run in a circle are walked once", () => {
    const [one, other] = [new Error("one"), new Error("other")];
    one.cause = other;
    other.cause = one;
    expect([...withCauses(one)]).toEqual([one, other]);
    Object.assign(other, { code: "ECONNRESET" });
    expect(mysqlMeaning(one)).toEqual({ kind: "unreachable" });
  });
});
