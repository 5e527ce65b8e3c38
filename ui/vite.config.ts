import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // The panel does not know where it will be mounted: files name each other relative to themselves.
  base: "./",
  plugins: [react()],
  build: {
    // Browsers that know light-dark(): lowered, it would no longer follow the chosen colour scheme.
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    manifest: true,
    // The content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
