import { createTransport } from 'nodemailer';

/** One mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailerOptions {
  /** `smtp://` or `smtps://` URL of the mail server, with credentials if it wants them. */
  readonly smtpUrl: string;
  /** Address that mails come from. */
  readonly from: string;
  /** Told about a mail that could not be handed over; gets no address and no text. */
  readonly onFailure: (reason: string) => void;
}

export interface Mailer {
  /** Hands a mail over in the background, so that no answer's time tells whether a mail went out. */
  send(mail: Mail): void;
  /** Waits for mails under way. */
  close(): Promise<void>;
}

/** Sends mails by SMTP. */
export const createMailer = ({ smtpUrl, from, onFailure }: MailerOptions): Mailer => {
  const transport = createTransport(smtpUrl);
  const underWay = new Set<Promise<void>>();
  const deliver = async (mail: Mail): Promise<void> => {
    try {
      await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text });
    } catch (error) {
      onFailure(failureCode(error));
    }
  };
  return {
    send: (mail) => {
      const delivery = deliver(mail).finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    },
    close: async () => {
      await Promise.all(underWay);
      transport.close();
    },
  };
};

/** Error codes of the transport name no address; its messages do. */
const failureCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
