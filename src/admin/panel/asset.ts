/** A file of the built panel. Its name has a hash of its content, so it may be cached for good. */
export interface Asset {
  /** Below `assets/`, such as `index-4f3a1c2b.js`. */
  readonly name: string;
  /** The media type. */
  readonly type: string;
  /** Compressed, as Base64. For a browser that does not take Brotli it is compressed anew. */
  readonly brotli: string;
}

/** The built panel, as the build compiles it into a module. */
export interface Panel {
  /** The names of the assets that its page loads. */
  readonly script: string;
  /** Scripts that the first one imports, to be fetched beside it. */
  readonly imported: readonly string[];
  readonly styles: readonly string[];
  readonly assets: readonly Asset[];
}
