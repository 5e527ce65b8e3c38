import { definePluginType, type Hook, type HookCall, type OpenOptions, type PluginItem } from "plugbay";
import { describe, expectTypeOf, test } from "vitest";

interface Post {
  readonly name: string;
  weigh(parcel: string): number;
  send(parcel: string, express: boolean): Promise<Date>;
  recall?(parcel: number): void;
}

const identity = { name: "post", manager: "apps/shop" };
const methods = { weigh: "required", send: "required", recall: "optional" } as const;

describe("hooks of a type", () => {
  test("know its methods, what these take and what they give", () => {
    definePluginType<Post>({
      ...identity,
      methods,
      hooks: [
        {
          before: (call) => {
            if (call.kind !== "service") return;
            expectTypeOf(call.method).toEqualTypeOf<"weigh" | "send" | "recall">();
            if (call.method === "send")
              expectTypeOf(call.input).toEqualTypeOf<readonly [parcel: string, express: boolean]>();
            if (call.method === "recall") expectTypeOf(call.input).toEqualTypeOf<readonly [parcel: number]>();
          },
          after: (call) => {
            expectTypeOf(call.item).toEqualTypeOf<PluginItem>();
            if (call.kind === "run") expectTypeOf(call.value).toEqualTypeOf<unknown>();
            if (call.kind !== "service") return;
            if (call.method === "send") expectTypeOf(call.value).toEqualTypeOf<Date>();
            if (call.method === "weigh") expectTypeOf(call.value).toEqualTypeOf<number>();
          },
          error: (call) => {
            expectTypeOf(call.error).toEqualTypeOf<unknown>();
            expectTypeOf(call.item).toEqualTypeOf<PluginItem | undefined>();
          },
          finally: (call) => {
            if (call.status === "rejected") expectTypeOf(call.error).toEqualTypeOf<unknown>();
            // @ts-expect-error a call that succeeded has none
            else call.error;
          },
        },
      ],
    });
  });

  test("cannot change what they are told", () => {
    const hook: Hook<Post> = {
      before: (call) => {
        // @ts-expect-error
        call.args = [];
        // @ts-expect-error
        if (call.kind === "service" && call.method === "send") call.input[0] = "another";
      },
    };
    expectTypeOf(hook).toExtend<Hook<Post>>();
  });

  test("have stages of these names only", () => {
    // @ts-expect-error
    const hook: Hook<Post> = { befor: () => undefined };
    expectTypeOf(hook).toExtend<object>();
  });

  test("may be hooks for all types", () => {
    const log: Hook = { finally: ({ type, durationMs }) => console.log(type.name, durationMs) };
    definePluginType<Post>({ ...identity, methods, hooks: [log] });
    const options: Pick<OpenOptions, "hooks"> = { hooks: [log] };
    expectTypeOf(options).toExtend<object>();
  });
});

test("hooks of all types know methods by any name, and nothing of what these take", () => {
  expectTypeOf<Extract<HookCall, { kind: "service" }>["method"]>().toEqualTypeOf<string>();
  expectTypeOf<Extract<HookCall, { kind: "service" }>["input"]>().toEqualTypeOf<readonly unknown[]>();
});
