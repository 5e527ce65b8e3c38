/** Where the panel is mounted, as the server wrote it into the page: `""` for the root, else without a closing slash. */
export const basePath =
  document.querySelector<HTMLMetaElement>('meta[name="plugbay-base"]')?.content.replace(/\/$/, "") ?? "";
