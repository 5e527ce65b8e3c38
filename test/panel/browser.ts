import { type Browser, chromium } from "playwright-core";
import { findProgram } from "../servers/find-program.ts";
import { canInstallPackages, installPackages } from "../servers/install-packages.ts";

/** This machine under a name that makes no secure context over plain HTTP, as every other machine's. */
export const insecureHost = "panel.test";

const addressVariable = "PLUGBAY_TEST_CHROMIUM";

/** Debian's packages, which have the names of their programs. */
type Package = "chromium" | "chromium-headless-shell";

/**
 * The browser on this machine: the first of `packages` that is there, else another one; for root on Debian one
 * that is installed now. undefined where there is none: the panel's suites are then skipped, but for CI, where
 * that is a failure. The headless shell is Chromium without windows, and has a page ready in two thirds of the time.
 */
export async function findBrowser(
  packages: readonly Package[] = ["chromium-headless-shell", "chromium"],
): Promise<string | undefined> {
  const names = [...packages, "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = process.env[addressVariable] || findProgram(names);
  if (found) return found;
  for (const name of canInstallPackages() ? packages : []) {
    console.log(`Installing ${name} with apt-get.`);
    await installPackages([name]).catch((error) => {
      console.warn(`apt-get could not install ${name}: ${error.stderr || error.message}`);
    });
    const program = findProgram([name]);
    if (program) return program;
  }
  const advice = `Chromium is missing: install it (on Debian: apt-get install chromium) or set ${addressVariable}.`;
  if (process.env.CI === "true") throw new Error(advice);
  console.warn(`Skipped: ${advice}`);
  return undefined;
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Root has no sandbox to go into; the others keep the browser from talking to anybody but the panel.
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--disable-background-networking",
      `--host-resolver-rules=MAP ${insecureHost} 127.0.0.1`,
    ],
  });
}
