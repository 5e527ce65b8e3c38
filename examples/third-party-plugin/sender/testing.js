import assert from "node:assert/strict";
import { describePlugin } from "plugbay/testing";

/**
 * Declares the tests of a plugin that sends messages, with configs that work and some that do not.
 *
 * @template Config
 * @param {import("plugbay").Plugin<import("./sender.js").Sender, Config>} plugin
 * @param {{ configs: readonly Config[], refused?: readonly unknown[] }} options
 */
export function describeSender(plugin, options) {
  describePlugin(plugin, {
    ...options,
    cases: {
      "resolves with an id": async (sender) => {
        assert.notEqual(await sender.send("+1 555 0100", "hello"), "");
      },
      "gives two messages at once an id each": async (sender) => {
        const numbers = ["+1 555 0101", "+1 555 0102"];
        const ids = await Promise.all(numbers.map((number) => sender.send(number, "hello")));
        assert.notEqual(ids[0], ids[1]);
      },
    },
  });
}
