import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps everything it gets, for demos and tests. */
export interface MailSink {
  readonly smtpUrl: string;
  /** Each mail is one `.eml` file in here; a file appears complete or not at all. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Longest mail the sink takes, in bytes. */
const maxMailBytes = 5 * 1024 * 1024;

/** Starts a mail sink on the loopback address at a free port. */
export const startMailSink = async (folder: string): Promise<MailSink> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: maxMailBytes,
    logger: false,
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void keep(folder, Buffer.concat(chunks), callback);
      });
    },
  });
  // A client that goes away in the middle is not our failure.
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      if (address === null || typeof address === 'string') reject(new Error('the mail sink has no port'));
      else resolve(address.port);
    });
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    folder,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

const keep = async (folder: string, mail: Buffer, done: (error?: Error) => void): Promise<void> => {
  try {
    await store(folder, mail);
  } catch {
    done(new Error('the mail could not be stored'));
    return;
  }
  done();
};

let sequence = 0;

const store = async (folder: string, mail: Buffer): Promise<void> => {
  sequence += 1;
  const name = `${Date.now()}-${String(sequence).padStart(6, '0')}-${randomUUID().slice(0, 8)}.eml`;
  const unfinished = join(folder, `.${name}.part`);
  await writeFile(unfinished, mail, { mode: 0o600 });
  await rename(unfinished, join(folder, name));
};
