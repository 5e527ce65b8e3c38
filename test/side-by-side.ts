import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that mostly wait, such as for a limit of a database. They take longest, so they stand in the first half of
 * their project: else a run could end with one of them alone. They do not stand together: the processors would idle.
 */
const waiting: readonly string[] = [
  "test/store/lock-wait.test.ts",
  "test/store/answering-database.test.ts",
  "test/store/busy-connections.test.ts",
  "test/store/migration-wait.test.ts",
  "test/store/unanswered-rollback.test.ts",
];

/**
 * Spreads the files of each project over the whole of its group. Vitest would run one project of a group after the
 * other: the processors would idle while files wait, and later files that only wait would queue for them.
 */
export class SideBySide extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const spread = sorted.filter((file) => !isWaiting(file));
    for (const [at, file] of sorted.filter(isWaiting).entries()) {
      spread.splice(Math.floor((at / waiting.length) * (spread.length / 2)), 0, file);
    }
    const counts = new Map<string, number>();
    const places = spread.map((file) => {
      const at = counts.get(file.project.name) ?? 0;
      counts.set(file.project.name, at + 1);
      return { file, at };
    });
    /** Where it stands in its project: 0 is its beginning and 1 its end. */
    const share = ({ file, at }: { file: TestSpecification; at: number }): number =>
      (at + 0.5) / (counts.get(file.project.name) ?? 1);
    return places
      .toSorted((a, b) => groupOf(a.file) - groupOf(b.file) || share(a) - share(b))
      .map(({ file }) => file);
  }
}

const isWaiting = ({ moduleId }: TestSpecification): boolean =>
  waiting.some((name) => moduleId.endsWith(name));

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
