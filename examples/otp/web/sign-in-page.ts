import { html } from "hono/html";
import type { Html } from "./html.ts";

/** The form through which the demo user comes in; for one who is in, the way out. */
export function signInPage(isSignedIn: boolean, problem = ""): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${isSignedIn ? "Signed in" : "Sign in"} · plugbay</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/style.css">
  </head>
  <body class="narrow">
    <main>
      <section>
        <h1>${isSignedIn ? "Signed in" : "Sign in to the panel"}</h1>
        ${isSignedIn ? way : form}
        <p id="notice" role="alert">${problem}</p>
      </section>
    </main>
  </body>
</html>`;
}

const form = html`<form class="send" method="post" action="/sign-in">
          <p class="hint">The password is on the terminal on which the example runs.</p>
          <label>User
            <input name="name" value="demo" autocomplete="username" required>
          </label>
          <label>Password
            <input name="password" type="password" autocomplete="current-password" required>
          </label>
          <button>Sign in</button>
        </form>`;

const way = html`<p><a href="/admin/">The panel</a></p>
        <form class="send" method="post" action="/sign-out"><button>Sign out</button></form>`;
