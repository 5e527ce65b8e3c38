import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { configThat, makeApplication } from "./application.ts";
import { userEnvironment } from "./outcome.ts";
import { runCli } from "./run-cli.ts";

const names = [
  "PLAIN",
  "EXPORTED",
  "LINES",
  "SINGLE",
  "BACKTICK",
  "ESCAPED",
  "HASH",
  "EMPTY",
  "LATER",
  "SET",
  "BLANK",
];
const tell = `process.stderr.write(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env["PLUGBAY_TEST_" + name] ?? null)));`;

const text = `
# a comment
PLAIN = some words   # and another
export EXPORTED=exported
LINES="first
second"
SINGLE='as it is: \\n $PLAIN "quoted"'
BACKTICK=\`both " and '\`
ESCAPED="a\\nb"
HASH="# none"
EMPTY=
LATER=first
SET=of the file
BLANK=of the file
no assignment
`;

const ofTests = (file: string): string => file.replace(/^(export )?(?=[A-Z]+ ?=)/gm, "$1PLUGBAY_TEST_");

test("files of the environment are read as Node reads them", async () => {
  const folder = await makeApplication({
    "plugbay.config.ts": configThat(tell),
    ".env": ofTests(text),
    ".env.local": ofTests("LATER=second\n"),
  });
  const files = ["--env-file", ".env", "--env-file=.env.local"];
  process.env.PLUGBAY_TEST_SET = "of the environment";
  process.env.PLUGBAY_TEST_BLANK = "";
  try {
    const { code, stderr } = await runCli(folder, "migrate", ...files);
    expect(code).toBe(0);
    const options = { cwd: folder, env: userEnvironment(), encoding: "utf8" } as const;
    const ofNode = execFileSync(
      process.execPath,
      [...files, "--eval", tell.replace("stderr", "stdout")],
      options,
    );
    expect(JSON.parse(stderr)).toEqual(JSON.parse(ofNode));
    expect(JSON.parse(stderr)).toEqual([
      "some words",
      "exported",
      "first\nsecond",
      'as it is: \\n $PLAIN "quoted"',
      "both \" and '",
      "a\nb",
      "# none",
      "",
      "second",
      "of the environment",
      "",
    ]);
  } finally {
    delete process.env.PLUGBAY_TEST_SET;
    delete process.env.PLUGBAY_TEST_BLANK;
  }
});

test("no file is read that is not asked for, and one that is missing or a folder ends the command", async () => {
  const folder = await makeApplication({
    "plugbay.config.ts": configThat('process.stderr.write(process.env.PLUGBAY_TEST_PLAIN ?? "not set");'),
    ".env": "PLUGBAY_TEST_PLAIN=set\n",
    "folder/.env": "",
  });
  expect(await runCli(folder, "migrate")).toMatchObject({ code: 0, stderr: "not set" });
  for (const path of ["missing.env", "folder"]) {
    // The config is not loaded with half of what it needs.
    expect(await runCli(folder, "migrate", "--env-file", ".env", "--env-file", path)).toEqual({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`^error: ${path} could not be read: E[A-Z]+`)),
    });
  }
  expect(process.env.PLUGBAY_TEST_PLAIN).toBeUndefined();
});
