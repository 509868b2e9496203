/** One mail the application sent to an address of ours. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** Absolute links of both parts, in order, without repeats. */
  readonly links: readonly string[];
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly receivedAt: Date;
}

/** Where mails of the application arrive. */
export interface Inbox {
  /** The newest mail to this address that arrived since a moment and meets the condition, or null when time is up. */
  waitFor(
    address: string,
    options: {
      readonly since: Date;
      readonly timeoutMs: number;
      readonly matches?: (mail: ReceivedMail) => boolean;
    },
  ): Promise<ReceivedMail | null>;
  /** Every mail that is there by now, to whomever. */
  received(): Promise<readonly ReceivedMail[]>;
  /** An address that nobody else uses and whose mail arrives here. */
  freshAddress(label: string): string;
}
