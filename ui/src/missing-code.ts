/** Code of the panel that the server does not have, though it answers: it has that of another version. */
export class MissingCode extends Error {
  override readonly name = "MissingCode";
}
