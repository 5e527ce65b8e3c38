/** What a provider refused, or sent that is no answer. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  /** The HTTP status, of a refusal. */
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  /** The provider's own word for what is wrong. */
  readonly code: string | undefined;

  constructor(message: string, refusal?: { status: number; headers: Headers; code: string | undefined }) {
    super(message);
    this.status = refusal?.status;
    this.headers = refusal?.headers;
    this.code = refusal?.code;
  }

  static async of(response: Response): Promise<ChatError> {
    const { status, headers } = response;
    const text = await response.text();
    const { message, code } = detailsOf(text);
    return new ChatError(message ?? `the provider answered ${status}`, { status, headers, code });
  }
}

interface Details {
  readonly message?: string;
  readonly code?: string;
}

/** Whatever stands before a provider may answer in its place, and in HTML. */
function detailsOf(text: string): Details {
  try {
    const { error } = JSON.parse(text) as { error?: Details };
    return error ?? {};
  } catch {
    return {};
  }
}
