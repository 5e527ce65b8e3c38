import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { findBrowser, launchBrowser } from "./browser.ts";
import { type PanelServer, type PanelSetup, startPanel } from "./panel-server.ts";
import { Visitor, type VisitorOptions } from "./visitor.ts";

const program = await findBrowser();

/** The files of a process share it: each visitor has a context of its own. */
let shared: Promise<Browser> | undefined;

async function openBrowser(): Promise<Browser> {
  const browser = await shared?.catch(() => undefined);
  if (!browser?.isConnected()) shared = launchBrowser(program ?? "");
  return shared as Promise<Browser>;
}

/** Suites that need a browser; named as skipped where there is none. */
export const describePanel = describe.skipIf(program === undefined);

export interface PanelInTest {
  readonly server: PanelServer;
  /** Opens a page in a browser of its own; whatever goes wrong in it fails the test. */
  visit(path: string, options?: VisitorOptions): Promise<Visitor>;
}

/** A panel for the tests of a suite, in the order in which they stand. */
export function usePanel(setup: PanelSetup = {}): PanelInTest {
  let browser: Browser | undefined;
  let server: PanelServer | undefined;
  let visitors: Visitor[] = [];

  beforeAll(async () => {
    [browser, server] = await Promise.all([openBrowser(), startPanel(setup)]);
  });

  afterEach(async () => {
    const faults = visitors.flatMap((visitor) => visitor.faults);
    await Promise.all(visitors.map((visitor) => visitor.leave()));
    visitors = [];
    expect(faults).toEqual([]);
  });

  afterAll(async () => {
    await server?.stop();
  });

  const running = (): PanelServer => {
    if (server === undefined) throw new Error("The panel is started before the first test, not before.");
    return server;
  };
  return {
    get server() {
      return running();
    },
    async visit(path, options) {
      if (browser === undefined) throw new Error("The browser is started before the first test, not before.");
      const visitor = await Visitor.arrive(browser, running(), options);
      visitors.push(visitor);
      await visitor.open(path);
      return visitor;
    },
  };
}
