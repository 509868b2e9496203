import { createSocket } from 'node:dgram';

export interface LoopbackDns {
  /** Address of the name server, with its port. */
  readonly server: string;
  /** Names that were asked for, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** A real name server on a free loopback port that knows some TXT records, for tests; `refuse` fails every question. */
export async function startLoopbackDns(
  records: Readonly<Record<string, readonly string[]>>,
  refuse = false,
): Promise<LoopbackDns> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'));
      at += length + 1;
    }
    const question = query.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    asked.push(name);
    const texts = records[name];
    const answers = (texts ?? []).map((text) => {
      const pieces = text.match(/[^]{1,255}/g) ?? [''];
      const data = Buffer.concat(
        pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])),
      );
      const head = Buffer.alloc(12);
      // A pointer to the question's name, TXT, IN, a time to live of 0 (RFC 1035 section 4.1).
      head.writeUInt16BE(0xc00c, 0);
      head.writeUInt16BE(16, 2);
      head.writeUInt16BE(1, 4);
      head.writeUInt16BE(data.length, 10);
      return Buffer.concat([head, data]);
    });
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (refuse ? 5 : texts === undefined ? 3 : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
