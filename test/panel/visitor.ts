import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { accessCookie, actorCookie, type PanelServer } from "./panel-server.ts";

export interface VisitorOptions extends BrowserContextOptions {
  readonly actor?: string;
  /** `edit` is to write, but to purge nothing. Default: `write`. */
  readonly access?: "read" | "edit" | "write";
  /** Whether no event ever comes through, as behind a proxy that holds them back. */
  readonly hearsNothing?: boolean;
  /** Texts on the console that are no faults, from the first page on. */
  readonly expected?: readonly string[];
}

// What runs in the page is text: these files are checked as a server's code, which has no document.
const reportPolicyViolations = `
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    console.error("content security policy: " + violatedDirective + " " + blockedURI);
  });
`;

interface PageGlobals {
  readonly document: { getAnimations(): readonly { readonly playState: string }[] };
}

/** Somebody with a browser of their own, and everything that went wrong in it. */
export class Visitor {
  readonly page: Page;
  readonly #url: string;
  readonly #faults: string[] = [];
  /** What browsers say on the console of requests that come to nothing, where a test is about just that. */
  #expected: readonly string[];
  /** Whether redirects lead to another origin. */
  #isSentAway = false;

  constructor(page: Page, url: string, expected: readonly string[]) {
    this.page = page;
    this.#url = url;
    this.#expected = expected;
    const { origin } = new URL(url);
    page.on("pageerror", (error) => this.#faults.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      const isExpected = this.#expected.some((part) => message.text().includes(part));
      if (!isExpected)
        this.#faults.push(`${message.type()} on the console: ${message.text()} ${message.location().url}`);
    });
    page.on("request", (request) => {
      if (!this.#isSentAway && new URL(request.url()).origin !== origin)
        this.#faults.push(`a request to ${request.url()}`);
    });
  }

  static async arrive(
    browser: Browser,
    { url }: PanelServer,
    {
      actor = "alice",
      access = "write",
      hearsNothing = false,
      expected = [],
      ...options
    }: VisitorOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    await context.addCookies([
      { name: actorCookie, value: encodeURIComponent(actor), url },
      { name: accessCookie, value: access, url },
    ]);
    context.setDefaultTimeout(60_000);
    await context.addInitScript(reportPolicyViolations);
    if (hearsNothing) await context.route("**/api/events", () => undefined);
    return new Visitor(await context.newPage(), url, expected);
  }

  /** What went wrong so far; nothing should. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Browsers say on the console that a request was refused, also where the panel makes good use of it. */
  expectRefusal(status: number): void {
    this.#expected = [`status of ${status} `];
  }

  /** As `expectRefusal`, for the application's sign-in that answers instead of the panel, perhaps from elsewhere. */
  expectSignIn(): void {
    this.#isSentAway = true;
    this.#expected = [
      "status of 401 ",
      "status of 403 ",
      // Pages that are loaded beforehand, and loaded again when they are gone to.
      "Failed to load module script",
      "Failed to fetch dynamically imported module",
      "EventSource's response",
      "Content Security Policy",
      "content security policy",
    ];
  }

  /** As `expectRefusal`, for a server that does not answer at all. */
  expectSilence(): void {
    this.#expected = ["net::ERR_", "Failed to fetch dynamically imported module"];
  }

  /** Opens a page, such as `/history`, and waits until it has its heading and no skeletons. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.getByRole("heading", { level: 1 }).waitFor();
    await this.page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
  }

  /** What axe finds wrong with what is to be seen now: by all its rules, or by these. */
  async violations(...rules: string[]): Promise<string[]> {
    // Colours on their way to others have contrasts of their own.
    await this.page.waitForFunction(() =>
      (globalThis as unknown as PageGlobals).document
        .getAnimations()
        .every(({ playState }) => playState !== "running"),
    );
    const isThere = await this.page.evaluate<boolean>("'axe' in globalThis");
    if (!isThere) await this.page.evaluate(axe.source);
    const options = { resultTypes: ["violations"], ...(rules.length === 0 ? {} : { runOnly: rules }) };
    const violations = await this.page.evaluate<AxeResults["violations"]>(
      `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
    );
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
  }

  /** By how many pixels the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate<number>(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
