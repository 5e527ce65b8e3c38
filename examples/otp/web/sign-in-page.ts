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
    <title>${isSignedIn ? "Signed in" : "Sign in"} · One-time codes · demo</title>
    <link rel="icon" type="image/svg+xml" href="/icon.svg">
    <link rel="stylesheet" href="/style.css">
  </head>
  <body class="door">
    <main>
      <p class="brand"><img src="/icon.svg" alt="" width="32" height="32"><a href="/">One-time codes</a> <span class="environment">demo</span></p>
      <section>${isSignedIn ? wayOut : form(problem)}</section>
    </main>
  </body>
</html>`;
}

const form = (problem: string): Html => html`<h1>Sign in to the panel</h1>
        <p class="hint">The password is on the terminal on which the example runs.</p>
        <p id="notice" role="alert">${problem}</p>
        <form class="send" method="post" action="/sign-in">
          <label>User
            <input name="name" value="demo" autocomplete="username" autocapitalize="none" spellcheck="false" required>
          </label>
          <label>Password
            <input name="password" type="password" autocomplete="current-password" required autofocus>
          </label>
          <button>Sign in</button>
        </form>`;

const wayOut = html`<h1>You are signed in</h1>
        <p class="hint">Decide in the panel who delivers the codes.</p>
        <a class="button" href="/admin/">Open the panel</a>
        <form method="post" action="/sign-out"><button>Sign out</button></form>`;
