/** `protocol` and `session`: what is registered is kept and used by the windows of browser-window.ts. */
import { EventEmitter } from 'node:events';
import type { CustomScheme, Protocol, Session } from 'electron';

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
const privileged = new Map<string, CustomScheme>();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
    for (const scheme of schemes) privileged.set(scheme.scheme, scheme);
  },
  handle: (scheme: string, handler: Handler) => {
    if (!privileged.get(scheme)?.privileges?.standard) throw new Error(`${scheme} is not registered as standard`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/** Undefined where no handler was registered, which Electron answers with an error page. */
export function handlerOf(scheme: string): Handler | undefined {
  return handlers.get(scheme);
}

type Used =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setSpellCheckerEnabled';

class SessionDouble extends EventEmitter implements Pick<Session, Used> {
  requestHandler: Parameters<Session['setPermissionRequestHandler']>[0] = null;
  checkHandler: Parameters<Session['setPermissionCheckHandler']>[0] = null;
  deviceHandler: Parameters<Session['setDevicePermissionHandler']>[0] = null;

  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    this.checkHandler = handler;
  }

  setDevicePermissionHandler(handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {
    this.deviceHandler = handler;
  }

  setSpellCheckerEnabled(_enabled: boolean): void {}
}

const partitions = new Map<string, SessionDouble>();

export const session = {
  defaultSession: new SessionDouble(),
  fromPartition(name: string): SessionDouble {
    const known = partitions.get(name) ?? new SessionDouble();
    partitions.set(name, known);
    return known;
  },
};
