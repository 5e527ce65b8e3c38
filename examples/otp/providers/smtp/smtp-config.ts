import { z } from "zod";

/** The account at a mail server. The titles and descriptions are for the panel's form. */
export const smtpConfig = z.strictObject({
  host: z.string().min(1).meta({ title: "Host", description: "Such as smtp.example.com" }),
  port: z.int().min(1).max(65_535).default(587).meta({
    title: "Port",
    description: "465 is encrypted from the start; on others TLS is used if offered",
  }),
  user: z.string().min(1).meta({ title: "User" }),
  password: z.string().min(1).meta({ title: "Password" }),
  from: z
    .email()
    .default("codes@example.com")
    .meta({ title: "From", description: "The sender that people see" }),
});

export type SmtpConfig = z.infer<typeof smtpConfig>;
