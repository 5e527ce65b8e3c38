import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bundleProgram } from "../bundle-program.ts";

const host = await bundleProgram(fileURLToPath(new URL("signalled-host.ts", import.meta.url)));

/** What a host printed, and the code or signal by which it ended. */
async function run(...args: string[]): Promise<{ readonly lines: string[]; readonly end: unknown }> {
  const child = spawn(process.execPath, [host, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [code, signal]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { lines: printed.trim().split("\n"), end: signal ?? code };
}

describe("a process that is told to end while the panel is open in Next", () => {
  test.each(
    ["on", "once", "prependOnce"].flatMap((handling) => [
      [handling, "before"] as const,
      [handling, "after"] as const,
    ]),
  )("is left to its own handler: %s, registered %s the stream was opened", async (handling, when) => {
    const { lines, end } = await run(handling, when);
    expect(lines).toEqual(["shutdown begins", "stream ended", "shutdown ends"]);
    expect(end).toBe(0);
  });

  test("is left to its own handler at a second signal, too", async () => {
    const { lines, end } = await run("on", "before", "2");
    expect(lines).toContain("shutdown ends");
    expect(end).toBe(0);
  });

  test("ends by a second signal that nobody handles any more", async () => {
    expect(await run("log once", "before", "2")).toEqual({ lines: ["heard"], end: "SIGTERM" });
  });

  test("ends where its only handler does so when nobody else listens", async () => {
    expect(await run("end alone", "before")).toEqual({ lines: ["nobody else listens"], end: "SIGTERM" });
  });

  test("ends by the signal where it has no handler", async () => {
    expect((await run("none", "before")).end).toBe("SIGTERM");
  });
});
