import { promisify } from "node:util";
import { brotliDecompress, gzip } from "node:zlib";
import type { Asset, Panel } from "../panel/asset.ts";
import { notFound } from "../problems/http-problem.ts";

const encoded = new WeakMap<Asset, Map<string, Promise<Uint8Array<ArrayBuffer>>>>();

/** A file of the panel, compressed as the browser likes it best. */
export async function serveAsset({ assets }: Panel, name: string, accepted: string): Promise<Response> {
  const asset = assets.find((one) => one.name === name);
  if (asset === undefined) throw notFound();
  const encoding = ["br", "gzip"].find((one) => accepts(accepted, one));
  return new Response(await contentOf(asset, encoding), {
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

/** Made when it is asked for, and kept. */
function contentOf(asset: Asset, encoding: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const contents = encoded.get(asset) ?? new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  encoded.set(asset, contents);
  const key = encoding ?? "identity";
  const content = contents.get(key) ?? encode(asset, encoding);
  contents.set(key, content);
  return content;
}

async function encode({ brotli }: Asset, encoding: string | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Buffer.from(brotli, "base64");
  if (encoding === "br") return packed;
  const content = await promisify(brotliDecompress)(packed);
  return Uint8Array.from(encoding === "gzip" ? await promisify(gzip)(content) : content);
}
