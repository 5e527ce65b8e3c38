import { createHash } from "node:crypto";

export const style = `
:root { color-scheme: light dark; --page: #f8f9fb; --card: #fff; --edge: #dfe3e8; --line: #868e99; --text: #1b1e23;
  --quiet: #545b66; --accent: #364fc7; --on-accent: #fff; --bad: #a51d14; --on-bad: #fde7e5; --good: #17602d; --on-good: #dcf5e3;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Vazirmatn, "Noto Sans Arabic", sans-serif; }
@media (prefers-color-scheme: dark) { :root { --page: #15171b; --card: #1d2025; --edge: #343940; --line: #7c8592;
  --text: #dde1e7; --quiet: #a4abb6; --accent: #a5b8ff; --on-accent: #14204f; --bad: #ffaaa3; --on-bad: #45201d;
  --good: #8ce0a6; --on-good: #173322; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100svh; display: grid; place-items: center; padding: 1rem;
  background: var(--page); color: var(--text); }
main { width: 100%; max-width: 26rem; min-width: 0; padding: clamp(1.25rem, 6vw, 2rem); border: 1px solid var(--edge);
  border-radius: 0.75rem; background: var(--card); box-shadow: 0 8px 24px rgb(0 0 0 / 6%); overflow-wrap: anywhere; }
main > :last-child:not(nav) { margin-bottom: 0; }
h1, h2, p { margin: 0 0 1rem; }
h1 { display: flex; gap: 0.75rem; margin-bottom: 1.5rem; font-size: 1rem; line-height: 1.35; }
h1 svg { flex: none; }
h1 > span { display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: center; min-width: 0; min-height: 2rem; }
.product { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.environment { max-width: 100%; padding: 0 0.6rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet);
  font-size: 0.85rem; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h2 { font-size: 1.5rem; line-height: 1.25; }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input { display: block; width: 100%; min-height: 2.75rem; margin-top: 0.25rem; padding: 0.4rem 0.75rem;
  border: 1px solid var(--line); border-radius: 0.5rem; background: var(--page); color: inherit; font: inherit; font-weight: 400; }
[hidden] { display: none; }
form { margin-bottom: 1rem; }
button, .button { display: grid; place-items: center; width: 100%; min-height: 2.75rem; padding: 0.5rem 1rem;
  border: 1px solid var(--accent); border-radius: 0.5rem; background: var(--accent); color: var(--on-accent);
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.button { margin-top: 0.75rem; background: none; color: var(--accent); }
button { margin-top: 1.5rem; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin-block: -0.5rem -0.75rem; }
nav a { display: inline-flex; align-items: center; min-height: 2.75rem; }
.quiet { margin-top: -0.5rem; color: var(--quiet); font-size: 0.9rem; }
.notice { padding: 0.6rem 0.85rem; border-radius: 0.5rem; background: var(--on-bad); color: var(--bad); }
.good { background: var(--on-good); color: var(--good); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (forced-colors: active) { .notice { border: 1px solid; } }
`;

/** By which the policy of the pages knows the style; so it needs no nonce, and the pages no script. */
export const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;
