/**
 * The page's half of the double: runs the real preload script before the page's own, gives it `contextBridge` and
 * `ipcRenderer`, and turns a port of the main process into a real MessagePort of the page. It is installed as an init
 * script, so it must not refer to anything outside itself.
 */

/** How a message crosses the DevTools protocol, which carries JSON only. */
export type Wire = { kind: 'json'; value: unknown } | { kind: 'bytes'; base64: string } | { kind: 'undefined' };

export type FromPage =
  | { type: 'ipc'; channel: string; args: Wire[] }
  | { type: 'port-message'; port: number; data: Wire }
  | { type: 'port-close'; port: number }
  | { type: 'window-open'; url: string };

export type ToPage =
  | { type: 'ipc'; channel: string; args: Wire[]; ports: number[] }
  | { type: 'port-message'; port: number; data: Wire }
  | { type: 'port-close'; port: number };

/** Names no page uses: the binding is removed from the page before its scripts run. */
export const BINDING = '__gatehouseDouble';

export function initScript(preloadSource: string): string {
  return `(${installBridge.toString()})((require, module, exports) => {${preloadSource}\n}, ${JSON.stringify(BINDING)});`;
}

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

function installBridge(preload: Preload, bindingName: string): void {
  const page = window as unknown as Record<string | symbol, unknown>;
  const binding = page[bindingName] as (message: FromPage) => Promise<void>;
  delete page[bindingName];
  if (window !== window.top) return;
  const send = (message: FromPage): void => void binding(message);

  const encode = (value: unknown): Wire => {
    if (value === undefined) return { kind: 'undefined' };
    const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
    if (!(bytes instanceof Uint8Array)) return { kind: 'json', value };
    return { kind: 'bytes', base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
  };
  const decode = (wire: Wire): unknown => {
    if (wire.kind === 'undefined') return undefined;
    if (wire.kind === 'json') return wire.value;
    return Uint8Array.from(atob(wire.base64), (character) => character.charCodeAt(0));
  };

  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, MessagePort>();

  function makePort(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => send({ type: 'port-message', port: id, data: encode(event.data) });
    port1.addEventListener('close', () => send({ type: 'port-close', port: id }));
    ports.set(id, port1);
    return port2;
  }

  function deliver(message: ToPage): void {
    if (message.type === 'port-message') ports.get(message.port)?.postMessage(decode(message.data));
    else if (message.type === 'port-close') ports.get(message.port)?.close();
    else {
      const event = { ports: message.ports.map(makePort) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args.map(decode));
    }
  }

  Object.defineProperty(page, Symbol.for('gatehouse.double'), {
    value: (messages: ToPage[]) => messages.forEach(deliver),
  });
  window.open = (url) => {
    send({ type: 'window-open', url: new URL(String(url ?? 'about:blank'), window.location.href).href });
    return null;
  };

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => {
        Object.defineProperty(page, name, { value: Object.freeze(api), enumerable: true });
      },
    },
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => send({ type: 'ipc', channel, args: args.map(encode) }),
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    },
  };
  const module = { exports: {} };
  preload(
    (name) => {
      if (name === 'electron') return electron;
      throw new Error(`a sandboxed preload script cannot require ${name}`);
    },
    module,
    module.exports,
  );
}
