import { describe, expect, test } from "vitest";
import type { Db } from "../../src/store/dialect.ts";
import type { Line } from "../../src/store/line.ts";
import { Reads } from "../../src/store/reads.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

/** A connection of which a test decides when it says something. */
class TestLine implements Line {
  readonly name: string;
  bytes = 0;
  ending: "open" | "ended" | "closed" = "open";
  readonly #answers: { resolve(value: string): void; reject(error: Error): void }[] = [];

  constructor(name: string) {
    this.name = name;
  }

  get asked(): number {
    return this.#answers.length;
  }

  run<T>(_work: (db: Db) => Promise<T>, onStart: () => void): Promise<T> {
    onStart();
    return new Promise<unknown>(
      (resolve, reject) => void this.#answers.push({ resolve, reject }),
    ) as Promise<T>;
  }

  answer(): void {
    this.#answers.at(-1)?.resolve(`answer of the ${this.name} line`);
  }

  break(): void {
    this.#answers.at(-1)?.reject(new Error(`the ${this.name} line broke`));
  }

  heard(): number {
    return this.bytes;
  }

  end(cause: Error): void {
    this.ending = "ended";
    for (const { reject } of this.#answers) reject(cause);
  }

  async close(): Promise<void> {
    this.ending = "closed";
  }
}

class Bench {
  readonly clock = new ManualClock();
  readonly lines: TestLine[] = [];
  readonly reads = new Reads(this.clock, () => {
    const line = new TestLine(["first", "second", "third"][this.lines.length] ?? "next");
    this.lines.push(line);
    return line;
  });

  line(index: number): TestLine {
    const line = this.lines[index];
    if (line === undefined) throw new Error(`only ${this.lines.length} lines were opened`);
    return line;
  }

  look(): Promise<string> {
    return told(this.reads.look(async () => "answer"));
  }

  read(): Promise<string> {
    return told(this.reads.read(async () => "answer"));
  }
}

const told = (answer: Promise<string>): Promise<string> => answer.catch((error: unknown) => String(error));

describe("a look", () => {
  test("that is answered asks nothing else", async () => {
    const bench = new Bench();
    const look = bench.look();
    await bench.clock.advance(999);
    bench.line(0).answer();
    expect(await look).toBe("answer of the first line");
    expect(bench.lines).toHaveLength(1);
    expect(bench.clock.pending).toBe(0);
  });

  test("is taken a second time after a second of silence; the line that answers stays, the silent one is ended", async () => {
    const bench = new Bench();
    const look = bench.look();
    await bench.clock.advance(1_000);
    bench.line(1).answer();
    expect(await look).toBe("answer of the second line");
    expect([bench.line(0).ending, bench.line(1).ending]).toEqual(["ended", "open"]);

    const next = bench.look();
    bench.line(1).answer();
    expect(await next).toBe("answer of the second line");
    expect(bench.lines).toHaveLength(2);
  });

  test("counts the first line's answer, too, as long as it is the first to come", async () => {
    const bench = new Bench();
    const look = bench.look();
    await bench.clock.advance(1_500);
    bench.line(0).answer();
    expect(await look).toBe("answer of the first line");
    expect([bench.line(0).ending, bench.line(1).ending]).toEqual(["open", "ended"]);
  });

  test("ends after 5 seconds without a byte, and the next one begins anew", async () => {
    const bench = new Bench();
    const look = bench.look();
    await bench.clock.advance(4_999);
    expect(bench.lines.map(({ ending }) => ending)).toEqual(["open", "open"]);
    await bench.clock.advance(1);
    expect(await look).toContain("silent for 5 s");
    expect(bench.lines.map(({ ending }) => ending)).toEqual(["ended", "ended", "open"]);
    expect(bench.clock.pending).toBe(0);

    const next = bench.look();
    bench.line(2).answer();
    expect(await next).toBe("answer of the third line");
  });

  test("is waited for where the answer comes slowly, byte by byte, and is not taken twice", async () => {
    const bench = new Bench();
    const look = bench.look();
    for (let byte = 0; byte < 20; byte += 1) {
      await bench.clock.advance(500);
      bench.line(0).bytes += 1;
    }
    bench.line(0).answer();
    expect(await look).toBe("answer of the first line");
    expect(bench.lines).toHaveLength(1);
  });

  test("fails where the line breaks; but not before the second one has, which is under way", async () => {
    const bench = new Bench();
    const look = bench.look();
    bench.line(0).break();
    expect(await look).toContain("the first line broke");

    const next = bench.look();
    await bench.clock.advance(1_000);
    bench.line(0).break();
    await settle();
    bench.line(1).answer();
    expect(await next).toBe("answer of the second line");
  });
});

describe("a long read", () => {
  test("of 8 seconds, in which something comes all the time, is read once", async () => {
    const bench = new Bench();
    const read = bench.read();
    for (let byte = 0; byte < 16; byte += 1) {
      await bench.clock.advance(500);
      bench.line(0).bytes += 1;
    }
    bench.line(0).answer();
    expect(await read).toBe("answer of the first line");
    expect(bench.lines).toHaveLength(1);
  });

  test("that pauses is waited for while the database answers others, up to 15 seconds", async () => {
    const bench = new Bench();
    const read = bench.read();
    for (let second = 0; second < 14; second += 1) {
      await bench.clock.advance(1_000);
      for (const line of bench.lines.slice(1)) line.answer();
    }
    expect(bench.line(0).asked).toBe(1);
    expect(bench.line(0).ending).toBe("open");
    await bench.clock.advance(1_000);
    expect(await read).toContain("it answers, but not this for 15 s");
    expect(bench.line(0).ending).toBe("ended");
    expect(bench.lines.map(({ ending }) => ending)).toEqual(["ended", "closed", "open"]);
  });

  test("ends after 5 seconds where nobody is answered", async () => {
    const bench = new Bench();
    const read = bench.read();
    await bench.clock.advance(5_000);
    expect(await read).toContain("silent for 5 s");
    expect(bench.lines.map(({ ending }) => ending)).toEqual(["ended", "ended", "open"]);
  });
});

test("what is asked when they are closed ends with the cause, and the line is closed", async () => {
  const bench = new Bench();
  const asked = [bench.look(), bench.read()];
  await bench.reads.close(new Error("over"));
  expect(await Promise.all(asked)).toEqual(["Error: over", "Error: over"]);
  expect(bench.clock.pending).toBe(0);
  expect(bench.lines).toHaveLength(1);
});

test("connections that are not plugbay's to end are not taken one after the other when they are silent", async () => {
  const clock = new ManualClock();
  let asked = 0;
  const lent: Line = {
    run: (_work, onStart) => {
      asked += 1;
      onStart();
      return new Promise(() => undefined);
    },
  };
  const reads = new Reads(clock, () => lent);
  for (let turn = 0; turn < 10; turn += 1) {
    const look = told(reads.look(async () => "answer"));
    await clock.advance(5_000);
    expect(await look).toContain("silent");
  }
  expect(asked).toBeLessThanOrEqual(6);
});
