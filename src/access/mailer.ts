import nodemailer from 'nodemailer';
import { tied } from '../platform/index.ts';
import type { Mailer } from './house.ts';

/** Mail through an SMTP address (`smtp://user:pass@host:587`, `?from=` for the sender). */
export function createMailer(smtpUrl: string, publicUrl: string): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? `Estran <estran@${new URL(publicUrl).hostname}>`;
  url.searchParams.delete('from');
  const transport = nodemailer.createTransport(url.href);
  return {
    async send(message) {
      await transport.sendMail({ from, ...message, text: tied(message.text) });
    },
  };
}
