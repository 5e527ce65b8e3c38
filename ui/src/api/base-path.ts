/** Where the panel is mounted, as the server wrote it into the page: `""` for the root, else without a closing slash. */
export const basePath =
  document.querySelector<HTMLMetaElement>('meta[name="plugbay-base"]')?.content.replace(/\/$/, "") ?? "";

/**
 * What the paths of requests end with: a slash where the host has given one to the path of the page, as Next
 * does under `trailingSlash`. It would redirect requests without one, each time. The root has one anywhere.
 */
export const closingSlash =
  window.location.pathname.endsWith("/") && window.location.pathname !== "/" ? "/" : "";
