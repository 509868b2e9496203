import type { ActorId, ExchangeId } from '@launch-ready/core';
import type { Ledger, LedgerRef } from '../ledger/ledger.ts';
import { encodeBody } from '../transport/encode-body.ts';
import type { Answer, OutgoingRequest, Transport } from '../transport/transport.ts';
import { createMarkerScan } from './marker-scan.ts';

/** A canary in an answer, whatever its status. */
export interface Sighting {
  readonly ref: LedgerRef;
  readonly canary: string;
  readonly actor: ActorId;
  readonly exchange: ExchangeId;
  /** `body`, or `header location`. */
  readonly where: string;
  /** `raw`, `url`, `base64`, `hex`, `html`, `json`. */
  readonly encoding: string;
}

/** Looks for every planted canary in every byte that any actor receives. */
export interface LeakIndex {
  /** Canaries of this ledger entry are looked for from now on. */
  watch(ref: LedgerRef): void;
  /** Sightings by actors of other tenants, or of nobody, that had not sent the canary themselves. */
  readonly foreign: readonly Sighting[];
  /** Sightings of one exchange, foreign or not. */
  inExchange(exchange: ExchangeId): readonly Sighting[];
}

export interface LeakIndexSetting {
  readonly transport: Pick<Transport, 'onAnswer'>;
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
  const look = (request: OutgoingRequest, answer: Answer): void => {
    if (scan.size === 0) return;
    const sent = sentBy.get(request.actor) ?? new Set<string>();
    sentBy.set(request.actor, sent);
    for (const text of textsOf(request)) for (const hit of scan.find(text)) sent.add(hit.marker);

    const places: (readonly [string, string])[] = [['body', answer.text]];
    for (const [name, value] of answer.headers) places.push([`header ${name.toLowerCase()}`, value]);
    const seen = new Set<string>();
    const sightings: Sighting[] = [];
    for (const [where, text] of places) {
      for (const { marker, encoding } of scan.find(text)) {
        if (seen.has(marker)) continue;
        seen.add(marker);
        for (const ref of owners.get(marker) ?? []) {
          if (sent.has(marker) && isForeign(ref, request.actor)) continue;
          sightings.push({
            ref,
            canary: marker,
            actor: request.actor,
            exchange: answer.exchange,
            where,
            encoding,
          });
        }
      }
    }
    if (sightings.length === 0) return;
    byExchange.set(answer.exchange, sightings);
    foreign.push(...sightings.filter(({ ref }) => isForeign(ref, request.actor)));
  };
  transport.onAnswer(look);

  return {
    watch: (ref) => {
      const entry = ledger.entry(ref);
      for (const { value } of entry.canaries) {
        const refs = owners.get(value) ?? [];
        if (refs.includes(ref)) continue;
        owners.set(value, [...refs, ref]);
        scan.add(value);
      }
    },
    foreign,
    inExchange: (exchange) => byExchange.get(exchange) ?? [],
  };
}

function textsOf(request: OutgoingRequest): readonly string[] {
  const headers = (request.headers ?? []).map(([, value]) => value);
  const body = request.body ? [new TextDecoder().decode(encodeBody(request.body, 'b').bytes)] : [];
  return [request.url, ...headers, ...body];
}
