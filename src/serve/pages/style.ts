import { createHash } from "node:crypto";

export const style = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #868e96; --text: #1f2329; --quiet: #545c64;
  --accent: #1864ab; --on-accent: #fff; --bad: #b3261e; --good: #186a3b;
  font: 16px/1.5 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --page: #15171a; --card: #1e2125; --line: #868e96; --text: #e9ecef;
  --quiet: #adb5bd; --accent: #74c0fc; --on-accent: #0b2239; --bad: #ff9d93; --good: #8ce99a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
  background: var(--page); color: var(--text); }
main { width: 100%; max-width: 24rem; padding: 1.5rem; border-radius: 0.75rem; background: var(--card);
  box-shadow: 0 1px 4px rgb(0 0 0 / 20%); overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
p { margin: 0 0 1rem; }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input { display: block; width: 100%; min-height: 2.75rem; margin-top: 0.25rem; padding: 0.4rem 0.75rem;
  border: 1px solid var(--line); border-radius: 0.4rem; background: var(--card); color: inherit; font: inherit; font-weight: 400; }
[hidden] { display: none; }
button, .button { display: block; width: 100%; min-height: 2.75rem; margin-bottom: 0.75rem; padding: 0.5rem 1rem;
  border: 1px solid var(--accent); border-radius: 0.4rem; background: var(--accent); color: var(--on-accent);
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.button { background: none; color: var(--accent); }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
.quiet { color: var(--quiet); }
.notice { padding-inline-start: 0.75rem; border-inline-start: 4px solid var(--bad); }
.good { border-color: var(--good); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** By which the policy of the pages knows the style; so it needs no nonce, and the pages no script. */
export const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
