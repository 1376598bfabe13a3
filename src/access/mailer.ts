import { tied } from '../platform/index.ts';
import type { Mailer } from './house.ts';

/** Somebody waits for the answer: the library's own patience is two minutes for a server that is away, ten for one that falls silent. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/**
 * Mail through an SMTP address (`smtp://user:pass@host:587`, `?from=` for the sender).
 * @param stopping the mail that is on its way then is given up
 */
export function createMailer(smtpUrl: string, publicUrl: string, stopping?: AbortSignal): Mailer {
  const url = new URL(smtpUrl);
  const from = url.searchParams.get('from') ?? `Estran <estran@${new URL(publicUrl).hostname}>`;
  url.searchParams.delete('from');
  // The library loads with the first mail.
  let transport: Promise<import('nodemailer').Transporter> | undefined;
  return {
    async send(message) {
      stopping?.throwIfAborted();
      transport ??= import('nodemailer').then(({ default: nodemailer }) =>
        nodemailer.createTransport({ url: url.href, ...patience }),
      );
      const sending = (await transport).sendMail({ from, ...message, text: tied(message.text) });
      await new Promise((resolve, reject) => {
        const stop = () => reject(new Error('The server is stopping.'));
        stopping?.addEventListener('abort', stop, { once: true });
        sending.then(resolve, reject).finally(() => stopping?.removeEventListener('abort', stop));
      });
    },
  };
}
