import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The entry stays a file of its own, by which the panel's manifest knows it. */
const isNoEntry = (id: string) => !/(?:index\.html|main\.tsx)$/.test(id);

export default defineConfig({
  // The panel does not know where it will be mounted: files name each other relative to themselves.
  base: "./",
  plugins: [react()],
  build: {
    // Browsers that know light-dark(): lowered, it would no longer follow the chosen colour scheme.
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    manifest: true,
    // A page's code that could not be fetched is fetched again; a style sheet of its own would be missed for good.
    cssCodeSplit: false,
    // The content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the first page takes compressed is checked instead, by scripts/check-panel-size.ts.
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Few files: over HTTP/1.1 each one waits its turn.
          groups: [
            { name: "first", tags: ["$initial"], test: isNoEntry, priority: 1 },
            { name: "shared", minShareCount: 2 },
          ],
        },
      },
    },
  },
});
