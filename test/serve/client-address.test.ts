import { expect, test } from "vitest";
import { TrustedProxies } from "../../src/serve/network/client-address.ts";

const proxies = new TrustedProxies(["10.0.0.0/8", "127.0.0.1", "2001:db8::/32"]);

test.each([
  ["192.0.2.1", "203.0.113.9", "192.0.2.1"],
  ["127.0.0.1", undefined, "127.0.0.1"],
  ["127.0.0.1", "", "127.0.0.1"],
  ["127.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
  ["127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"],
  ["127.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
  ["127.0.0.1", "[2001:db9::7]:4711", "2001:db9::7"],
  ["127.0.0.1", "[2001:db9::7]", "2001:db9::7"],
  ["2001:db8::1", "2001:db9::7", "2001:db9::7"],
  ["127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"],
  ["127.0.0.1", "203.0.113.9, <script>, 10.1.2.3", "10.1.2.3"],
  [undefined, "203.0.113.9", ""],
])("a request of %s that says %s counts for %s", (peer, forwarded, client) => {
  expect(proxies.clientOf(peer, forwarded)).toBe(client);
});

test("nobody is believed who was not named", () => {
  expect(new TrustedProxies([]).clientOf("127.0.0.1", "203.0.113.9")).toBe("127.0.0.1");
});

test.each(["loopback", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/8", "", "2001:db8::/129"])(
  "%s is no proxy",
  (entry) => {
    expect(() => new TrustedProxies([entry])).toThrow("neither an address nor a network");
  },
);
