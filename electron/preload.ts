/**
 * Hands the page its MessagePort and tells it that it runs inside the desktop app. Nothing else crosses: a port cannot go
 * through contextBridge, so it is forwarded by `window.postMessage` to the page's own origin.
 */
import { contextBridge, ipcRenderer } from 'electron';
import {
  CONTROL_PORT_CHANNEL,
  GATEWAY_STATE_CHANNEL,
  GATEWAY_STATE_MESSAGE,
  type GatewayState,
  NEED_PORT_CHANNEL,
  NEED_PORT_MESSAGE,
  PORT_MESSAGE,
} from './channels.ts';

/** `/` means "only to a page of my own origin". */
const SAME_ORIGIN = '/';

contextBridge.exposeInMainWorld('gatehouseHost', 'desktop');

window.addEventListener('message', (event: MessageEvent<{ type?: unknown } | undefined>) => {
  if (event.source !== window || event.origin !== window.location.origin) return;
  if (event.data?.type === NEED_PORT_MESSAGE) ipcRenderer.send(NEED_PORT_CHANNEL);
});

ipcRenderer.on(CONTROL_PORT_CHANNEL, (event) => {
  window.postMessage({ type: PORT_MESSAGE }, SAME_ORIGIN, [...event.ports]);
});

ipcRenderer.on(GATEWAY_STATE_CHANNEL, (_event, state: GatewayState) => {
  window.postMessage({ type: GATEWAY_STATE_MESSAGE, ...state }, SAME_ORIGIN);
});
