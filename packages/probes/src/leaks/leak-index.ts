import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { Ledger, LedgerRef } from '../ledger/ledger.ts';
import { encodeBody } from '../transport/encode-body.ts';
import type { OutgoingRequest, ReceivedBytes, Transport } from '../transport/transport.ts';
import { createMarkerScan } from './marker-scan.ts';
import { unpackedTexts } from './unpacked-texts.ts';

/** A canary in an answer, whatever its status. */
export interface Sighting {
  readonly ref: LedgerRef;
  readonly canary: string;
  readonly actor: ActorId;
  readonly exchange: ExchangeId;
  /** `body`, `body zip`, `header location`. */
  readonly where: string;
  /** `raw`, `url`, `base64`, `hex`, `html`, `json`, `quoted-printable`, `utf-16`, `digits`. */
  readonly encoding: string;
}

/** Looks for every planted canary in every byte that any actor receives. */
export interface LeakIndex {
  /** Canaries of this ledger entry, or these values of an object that was found, are looked for from now on. */
  watch(ref: LedgerRef, values?: readonly string[]): void;
  /** Ledger entries whose canaries a text holds, and that this actor never sent: for mails. */
  foreignIn(text: string, actor: ActorId): readonly Omit<Sighting, 'exchange' | 'where'>[];
  /** Sightings by actors of other tenants, or of nobody, that had not sent the canary themselves. */
  readonly foreign: readonly Sighting[];
  /** Sightings of one exchange, foreign or not. */
  inExchange(exchange: ExchangeId): readonly Sighting[];
}

export interface LeakIndexSetting {
  readonly transport: Pick<Transport, 'onReceived'>;
  readonly ledger: Ledger;
  /** Tenant of an actor; null for the anonymous actor, to whom every object is foreign. */
  readonly tenantOf: (actor: ActorId) => string | null;
}

/**
 * The index of a run. A foreign canary that an actor sent itself, in this request or an earlier one, is an echo and no
 * sighting; objects of the actor's own tenant are not foreign to it.
 */
export function createLeakIndex({ transport, ledger, tenantOf }: LeakIndexSetting): LeakIndex {
  const scan = createMarkerScan();
  const owners = new Map<string, LedgerRef[]>();
  const sentBy = new Map<ActorId, Set<string>>();
  const foreign: Sighting[] = [];
  const byExchange = new Map<ExchangeId, Sighting[]>();

  const isForeign = (ref: LedgerRef, actor: ActorId): boolean => {
    const tenant = tenantOf(actor);
    return tenant === null || ledger.entry(ref).tenant !== tenant;
  };
  const sentOf = (actor: ActorId): Set<string> => {
    const sent = sentBy.get(actor) ?? new Set<string>();
    sentBy.set(actor, sent);
    return sent;
  };
  const noteSent = (actor: ActorId, text: string): void => {
    for (const { marker } of scan.find(text)) sentOf(actor).add(marker);
  };
  const keep = (
    actor: ActorId,
    exchange: ExchangeId,
    places: readonly (readonly [where: string, text: string])[],
  ): void => {
    const sent = sentOf(actor);
    const known = byExchange.get(exchange) ?? [];
    const seen = new Set<string>(known.map(({ canary }) => canary));
    const sightings: Sighting[] = [];
    for (const [where, text] of places) {
      for (const { marker, encoding } of scan.find(text)) {
        if (seen.has(marker)) continue;
        seen.add(marker);
        for (const ref of owners.get(marker) ?? []) {
          if (sent.has(marker) && isForeign(ref, actor)) continue;
          sightings.push({ ref, canary: marker, actor, exchange, where, encoding });
        }
      }
    }
    if (sightings.length === 0) return;
    byExchange.set(exchange, [...known, ...sightings]);
    foreign.push(...sightings.filter(({ ref }) => isForeign(ref, actor)));
  };
  const placesIn = (
    where: string,
    text: string,
    bytes: Uint8Array | undefined,
  ): readonly (readonly [string, string])[] => [
    [where, text],
    ...(bytes === undefined ? [] : unpackedTexts(bytes, text)).map(
      ({ packing, text: inside }) => [`${where} ${packing}`, inside] as const,
    ),
  ];
  const look = (request: OutgoingRequest, answer: ReceivedBytes): void => {
    if (scan.size === 0) return;
    for (const text of textsOf(request)) noteSent(request.actor, text);
    keep(request.actor, answer.exchange, [
      ...placesIn('body', answer.text, answer.bytes),
      ...answer.headers.map(([name, value]) => [`header ${name.toLowerCase()}`, value] as const),
    ]);
  };
  transport.onReceived(look);

  return {
    watch: (ref, values = ledger.entry(ref).canaries.map(({ value }) => value)) => {
      for (const value of values) {
        const refs = owners.get(value) ?? [];
        if (refs.includes(ref)) continue;
        owners.set(value, [...refs, ref]);
        scan.add(value);
      }
    },
    foreignIn: (text, actor) =>
      scan
        .find(text)
        .filter(({ marker }) => !sentOf(actor).has(marker))
        .flatMap(({ marker, encoding }) =>
          (owners.get(marker) ?? [])
            .filter((ref) => isForeign(ref, actor))
            .map((ref) => ({ ref, canary: marker, actor, encoding })),
        ),
    foreign,
    inExchange: (exchange) => byExchange.get(exchange) ?? [],
  };
}

function textsOf(request: OutgoingRequest): readonly string[] {
  const headers = (request.headers ?? []).map(([, value]) => value);
  const body = request.body ? [new TextDecoder().decode(encodeBody(request.body, 'b').bytes)] : [];
  return [request.url, ...headers, ...body];
}
