// What `npx plugbay` in this repository works on: the example that `npm start` runs.
export { default } from "./examples/otp/plugbay.config.ts";
