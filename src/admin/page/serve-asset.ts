import { gunzipSync } from "node:zlib";
import type { Asset, Panel } from "../panel/asset.ts";
import { notFound } from "../problems/http-problem.ts";

const decoded = new WeakMap<Asset, Map<string, Uint8Array<ArrayBuffer>>>();

/** A file of the panel, compressed as the browser likes it best. */
export function serveAsset({ assets }: Panel, name: string, accepted: string): Response {
  const asset = assets.find((one) => one.name === name);
  if (asset === undefined) throw notFound();
  const encoding = ["br", "gzip"].find((one) => accepts(accepted, one));
  return new Response(contentOf(asset, encoding), {
    headers: {
      "content-type": asset.type,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      ...(encoding && { "content-encoding": encoding }),
    },
  });
}

/** By RFC 9110; a weight of 0 forbids. */
const accepts = (accepted: string, encoding: string): boolean =>
  accepted.split(",").some((part) => {
    const [name = "", weight = "q=1"] = part
      .toLowerCase()
      .split(";")
      .map((text) => text.trim());
    return name === encoding && Number(weight.replace("q=", "")) > 0;
  });

/** Decoded when it is asked for, and kept. */
function contentOf(asset: Asset, encoding: string | undefined): Uint8Array<ArrayBuffer> {
  const contents = decoded.get(asset) ?? new Map<string, Uint8Array<ArrayBuffer>>();
  decoded.set(asset, contents);
  const key = encoding ?? "identity";
  const content = contents.get(key) ?? decode(asset, encoding);
  contents.set(key, content);
  return content;
}

function decode({ brotli, gzip }: Asset, encoding: string | undefined): Uint8Array<ArrayBuffer> {
  if (encoding === "br") return Buffer.from(brotli, "base64");
  const packed = Buffer.from(gzip, "base64");
  return encoding === "gzip" ? packed : Uint8Array.from(gunzipSync(packed));
}
