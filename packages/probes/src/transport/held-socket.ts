import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A connection that keeps back the last byte of what is written to it until it is released. */
export class HeldSocket extends Duplex {
  readonly #socket: Socket;
  #held: Buffer = Buffer.alloc(0);
  #released = false;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error: Error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** Bytes that wait to be released: none before anything was written. */
  get holds(): boolean {
    return this.#held.length > 0;
  }

  release(): void {
    this.#released = true;
    if (!this.#socket.destroyed) this.#socket.write(this.#held);
    this.#held = Buffer.alloc(0);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const all = Buffer.concat([this.#held, chunk]);
    const now = this.#released ? all.length : all.length - 1;
    this.#held = all.subarray(now);
    if (now > 0) this.#socket.write(all.subarray(0, now), (error) => done(error ?? null));
    else done();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
