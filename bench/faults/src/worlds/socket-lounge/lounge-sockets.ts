import type { IncomingMessage, Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Account } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';

/** Where a note is pushed to. */
interface Ear {
  readonly tenant: string;
  /** Pages of other sites get no more than how much there is. */
  readonly isGuest: boolean;
  readonly send: (message: object) => void;
}

/** WebSockets that are opened with the cookie of a session; returns what pushes a note to its tenant. */
export function loungeSockets(
  server: Server,
  callerOf: (request: IncomingMessage) => Account | null,
  isOn: IsOn,
): (tenant: string, note: object) => void {
  const ears = new Set<Ear>();
  const doors = new WebSocketServer({ noServer: true });
  /** Programs that are no browsers send no Origin, and have to show a session like everybody. */
  const isForeign = ({ headers: { origin, host } }: IncomingMessage): boolean =>
    origin !== undefined && origin !== `http://${host}`;
  server.on('upgrade', (request, socket, head) => {
    const caller = callerOf(request);
    const path = (request.url ?? '').split('?')[0];
    const refuse = (line: string): void => void socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\n\r\n`);
    if (path !== '/live' && path !== '/visits' && path !== '/lax') return refuse('404 Not Found');
    if (caller === null) return refuse('401 Unauthorized');
    // The cookie stays at home, so that one of them lets every page try.
    const asks =
      path === '/live' ? !isOn('lounge-socket-for-every-page') : isOn('lounge-socket-for-every-page');
    if (path !== '/visits' && asks && isForeign(request)) return refuse('403 Forbidden');
    doors.handleUpgrade(request, socket, head, (client) => {
      const ear: Ear = {
        tenant: caller.tenant,
        isGuest: path === '/visits' && isForeign(request),
        send: (message) => {
          if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify(message));
        },
      };
      ears.add(ear);
      client.on('close', () => ears.delete(ear));
    });
  });
  let pushed = 0;
  return (tenant, note) => {
    pushed += 1;
    for (const ear of ears) {
      if (ear.tenant === tenant && !ear.isGuest) ear.send({ note });
      ear.send({ pushed });
    }
  };
}
