import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./api/query-client.ts";
import { App } from "./app.tsx";
import { fetchFirstPage } from "./first-page.ts";
import { styleNonce } from "./style-nonce.ts";

// The lock on scrolling behind a dialog writes a style tag, and asks for its nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const root = document.getElementById("root") ?? document.body.appendChild(document.createElement("div"));

const client = createQueryClient();
await fetchFirstPage(client);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
