/** The HTTP methods that the panel answers. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
