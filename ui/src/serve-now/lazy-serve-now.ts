import { fetched } from "../fetched.tsx";

/** Fetched after the first page, which opens it. */
export const lazyServeNow = fetched("serveNow", async () => {
  const { ServeNowModal } = await import("./serve-now-modal.tsx");
  return { default: ServeNowModal };
});
