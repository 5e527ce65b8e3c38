/** A code as a mail. Mobile carriers deliver mail to number@their-domain as a text message. */
export const codeMail = (number: string, message: string) => ({
  to: `${number.replaceAll(/\D/g, "")}@sms.example.com`,
  subject: "Your code",
  text: message,
});

/** An error with what the mail server said. */
export const refusedMail = (cause: unknown): Error =>
  new Error(`The mail server did not take the message: ${(cause as Error).message}`, { cause });
