import { describe, test } from "vitest";
import { describeAdapter } from "./contract.ts";
import { installNest11 } from "./install-nest-11.ts";
import { nestFrameworks } from "./nest-host.ts";

const nest = await installNest11();
if (nest) {
  for (const framework of nestFrameworks("11", nest)) describeAdapter(framework);
} else {
  describe("nest 11", () => {
    test.skip("runs where the package registry can be reached, which it cannot from here", () => {});
  });
}
