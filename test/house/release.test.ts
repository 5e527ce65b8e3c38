import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json"));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly needs?: readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}`), { strict: true });
const [ci, release] = [workflow("ci.yml"), workflow("release.yml")];
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);

describe("the workflows", () => {
  const steps = [...stepsOf(ci), ...stepsOf(release)];

  test("use actions of a version", () => {
    const actions = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter((action) => !/@v\d+(\.\d+)*$/.test(action))).toEqual([]);
  });

  test("run scripts that npm has", () => {
    const lines = steps.flatMap(({ run, with: options }) => [run, options?.version]);
    const scripts = lines.flatMap((line) =>
      [...String(line).matchAll(/npm run (\S+)/g)].map(([, name]) => name),
    );
    expect(scripts.sort()).toEqual(["next-version", "test:nodes"]);
    expect(manifest.scripts).toMatchObject(
      Object.fromEntries(scripts.map((name) => [name, expect.any(String)])),
    );
  });

  test("test on the versions of Node that npm run test:nodes knows", () => {
    const [, list = ""] = /const versions = (\[.*\])/.exec(read("scripts/test-nodes.ts")) ?? [];
    expect(ci.jobs.nodes?.strategy?.matrix.node).toEqual(JSON.parse(list));
  });

  test("publish what every test has passed, from main, with provenance", () => {
    expect(release.on).toEqual({ push: { branches: ["main"] } });
    const { tests, publish } = release.jobs;
    expect([tests?.uses, publish?.needs]).toEqual(["./.github/workflows/ci.yml", ["tests", "version"]]);
    expect(Object.keys(ci.on)).toContain("workflow_call");
    expect(publish?.steps?.map(({ run }) => run)).toContain("npm publish --provenance --access public");
  });

  test("give the right to publish to that job alone, and to no pull request", () => {
    const jobs = Object.entries(release.jobs).filter(
      ([, { permissions }]) => permissions?.["id-token"] === "write",
    );
    expect(jobs.map(([name]) => name)).toEqual(["publish"]);
    expect([ci.permissions, release.permissions]).toEqual([{ contents: "read" }, { contents: "read" }]);
    expect(Object.values(ci.jobs).filter(({ permissions }) => permissions)).toEqual([]);
  });
});

describe("the package", () => {
  const address = "https://github.com/plugbay/plugbay";

  test("names its repository, in the form from which npm makes the README's links", () => {
    // As `owner/name`, or without `.git`, relative links and pictures would lead nowhere on npm's page.
    expect(manifest.repository).toEqual({ type: "git", url: `git+${address}.git` });
    expect(manifest.homepage).toBe(`${address}#readme`);
    expect(manifest.bugs).toBe(`${address}/issues`);
    expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
  });

  test("has links and pictures in its README that npm can take to the repository", () => {
    const targets = [...read("README.md").matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
    expect(targets.length).toBeGreaterThan(30);
    // From the README's folder, without spaces, and not out of the repository.
    const plain = /^(https:\/\/\S+|#[\w-]+|[\w-][\w./-]*(#[\w-]+)?)$/;
    expect(targets.filter((target) => !plain.test(target) || target.includes(".."))).toEqual([]);
    expect(read("README.md")).not.toMatch(/<img|src=/);
  });

  test("links to no other repository of its name", () => {
    const documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/supported-versions.md"];
    const links = documents.flatMap(
      (path) => read(path).match(/https:\/\/github\.com\/[\w-]*plugbay[^\s)]*/g) ?? [],
    );
    expect(links.filter((link) => !link.startsWith(`${address}/`))).toEqual([]);
  });

  test("has a CHANGELOG that begins with its version", () => {
    const [, name, version] = /^# (\S+)\n\n## (\S+)\n/.exec(read("CHANGELOG.md")) ?? [];
    expect([name, version]).toEqual([manifest.name, manifest.version]);
    expect(manifest.files).toContain("CHANGELOG.md");
  });
});
