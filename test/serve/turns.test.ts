import { expect, test } from "vitest";
import { Turns } from "../../src/serve/sign-in/turns.ts";

/** Work that ends when it is told to, and says when it begins. */
function worksOf(turns: Turns) {
  const begun: string[] = [];
  const endings = new Map<string, { resolve(): void; reject(error: Error): void }>();
  return {
    begun,
    take: (name: string): Promise<string | undefined> =>
      turns.take(() => {
        begun.push(name);
        return new Promise((resolve, reject) => {
          endings.set(name, { resolve: () => resolve(name), reject });
        });
      }),
    end: (name: string): void => endings.get(name)?.resolve(),
    fail: (name: string): void => endings.get(name)?.reject(new Error(name)),
  };
}

test("so many run at once, and the others follow in the order in which they came", async () => {
  const { begun, take, end } = worksOf(new Turns(2, 3));
  const all = ["a", "b", "c", "d", "e"].map(take);
  expect(begun).toEqual(["a", "b"]);
  end("b");
  expect(await all[1]).toBe("b");
  expect(begun).toEqual(["a", "b", "c"]);
  end("a");
  await all[0];
  expect(begun).toEqual(["a", "b", "c", "d"]);
  for (const name of ["c", "d"]) end(name);
  await all[3];
  end("e");
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"]);
});

test("who finds the line full is sent away at once, and nothing of theirs is run", async () => {
  const { begun, take, end } = worksOf(new Turns(1, 1));
  const [first, second] = [take("first"), take("second")];
  expect(await take("third")).toBeUndefined();
  end("first");
  await first;
  // There is room in the line again.
  const fourth = take("fourth");
  expect(await take("fifth")).toBeUndefined();
  end("second");
  await second;
  end("fourth");
  expect(await fourth).toBe("fourth");
  expect(begun).toEqual(["first", "second", "fourth"]);
});

test("nobody waits where there is no line", async () => {
  const { take, end } = worksOf(new Turns(1, 0));
  const only = take("only");
  expect(await take("other")).toBeUndefined();
  end("only");
  expect(await only).toBe("only");
});

test("work that fails, or throws before it is under way, frees its place", async () => {
  const turns = new Turns(1, 2);
  const { take, fail, end } = worksOf(turns);
  const failing = take("failing");
  const throwing = turns.take(() => {
    throw new Error("at once");
  });
  const last = take("last");
  fail("failing");
  await expect(failing).rejects.toThrow("failing");
  await expect(throwing).rejects.toThrow("at once");
  end("last");
  expect(await last).toBe("last");
  const next = take("next");
  end("next");
  expect(await next).toBe("next");
});

test("a caller that waits no longer keeps nobody behind it from a turn", async () => {
  const { begun, take, end } = worksOf(new Turns(1, 2));
  const first = take("first");
  const gone = new AbortController();
  const left = Promise.race([
    take("gone"),
    new Promise((_, reject) => gone.signal.addEventListener("abort", () => reject(gone.signal.reason))),
  ]);
  const behind = take("behind");
  gone.abort(new Error("gone away"));
  await expect(left).rejects.toThrow("gone away");
  end("first");
  await first;
  await expect.poll(() => begun).toEqual(["first", "gone"]);
  end("gone");
  await expect.poll(() => begun).toEqual(["first", "gone", "behind"]);
  end("behind");
  expect(await behind).toBe("behind");
});

test("turns are never lost or doubled, whatever ends when", async () => {
  const turns = new Turns(3, 10);
  let running = 0;
  let most = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, async (_, index) => {
      for (let wait = index % 17; wait > 0; wait -= 1) await Promise.resolve();
      return turns.take(async () => {
        running += 1;
        most = Math.max(most, running);
        for (let wait = index % 7; wait >= 0; wait -= 1) await Promise.resolve();
        running -= 1;
        if (index % 5 === 0) throw new Error("failed");
        return index;
      });
    }),
  );
  expect(most).toBe(3);
  expect(running).toBe(0);
  expect(outcomes.some(({ status }) => status === "rejected")).toBe(true);
  const { begun, take } = worksOf(turns);
  for (const name of ["a", "b", "c", "d"]) void take(name);
  expect(begun).toEqual(["a", "b", "c"]);
});
