const kept = new WeakMap<AbortSignal, Request>();

/**
 * Keeps a request as long as the signal that it was made with: Node passes no abort on to a request that is
 * garbage, though somebody listens to its own signal.
 */
export function keepRequest(request: Request, signal: AbortSignal): Request {
  kept.set(signal, request);
  return request;
}
