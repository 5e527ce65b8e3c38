import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";

// No plugins: the rows are there once the script has run, and only a process that has the code can add some.
export default defineConfig({ database: sqlite("messages.db"), plugins: [] });
