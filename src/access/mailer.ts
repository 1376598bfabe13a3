import { tied } from '../platform/index.ts';
import type { Mailer } from './house.ts';

/** Mail through an SMTP address (`smtp://user:pass@host:587`, `?from=` for the sender). */
export function createMailer(smtpUrl: string, publicUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? `Estran <estran@${new URL(publicUrl).hostname}>`;
  url.searchParams.delete('from');
  // The library loads with the first mail.
  let transport: Promise<import('nodemailer').Transporter> | undefined;
  return {
    async send(message) {
      transport ??= import('nodemailer').then(({ default: nodemailer }) => nodemailer.createTransport(url.href));
      await (await transport).sendMail({ from, ...message, text: tied(message.text) });
    },
  };
}
