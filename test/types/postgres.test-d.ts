import pg from "pg";
import type { Database } from "plugbay";
import { postgres } from "plugbay/postgres";
import { expectTypeOf, test } from "vitest";

declare const options: pg.PoolConfig;

test("postgres() takes what pg's own declarations call a pool and its options", () => {
  expectTypeOf(postgres(new pg.Pool(options))).toEqualTypeOf<Database>();
  expectTypeOf(postgres(options)).toEqualTypeOf<Database>();
  expectTypeOf(
    postgres({ host: "db.example.com", max: 4, password: async () => "s3cret" }),
  ).toEqualTypeOf<Database>();
});

test("postgres() refuses a misspelt option", () => {
  // @ts-expect-error
  postgres({ hots: "db.example.com" });
});
