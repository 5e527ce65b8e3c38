import { defineConfig } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { greeting } from "./greeting";
import { dutch, english } from "./plugins";

export default defineConfig({ database: sqlite("next.db"), plugins: [greeting, english, dutch] });
