import { BaseSequencer, type TestSpecification } from "vitest/node";

const order = [
  ...["property", "definition", "sync", "selection", "registry", "instances", "serving"],
  ...["calling", "runtime", "regression", "following", "seeing", "testing", "control"],
];

/** What a quick test kills no slower one has to meet. */
export class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

function place({ moduleId }: TestSpecification): number {
  const at = order.findIndex((folder) => moduleId.includes(`/test/${folder}/`));
  return at === -1 ? order.length : at;
}
