import { type Browser, chromium } from "playwright-core";
import { findProgram } from "../servers/find-program.ts";
import { canInstallPackages, installPackages } from "../servers/install-packages.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const addressVariable = "PLUGBAY_TEST_CHROMIUM";

/**
 * The browser on this machine; for root on Debian one that is installed now. undefined where there is
 * none: the panel's suites are then skipped, but for CI, where that is a failure.
 */
export async function findBrowser(): Promise<string | undefined> {
  const program = process.env[addressVariable] || findProgram(names) || (await installed());
  if (program === undefined) {
    const advice = `Chromium is missing: install it (on Debian: apt-get install chromium) or set ${addressVariable}.`;
    if (process.env.CI === "true") throw new Error(advice);
    console.warn(`Skipped: ${advice}`);
  }
  return program;
}

async function installed(): Promise<string | undefined> {
  if (!canInstallPackages()) return undefined;
  console.log("Installing chromium with apt-get, for the tests.");
  await installPackages(["chromium"]).catch((error) => {
    console.warn(`apt-get could not install chromium: ${error.stderr || error.message}`);
  });
  return findProgram(names);
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Root has no sandbox to go into; the others keep the browser from talking to anybody but the panel.
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
}
