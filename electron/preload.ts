/**
 * Hands the page its MessagePort, tells it that it runs inside the desktop app, and carries its questions about the app over
 * and back. The page gets no function of ours: a port cannot go through contextBridge, so everything is forwarded by
 * `window.postMessage` to the page's own origin, and what the page asks is checked in the main process.
 */
import { contextBridge, ipcRenderer } from 'electron';
import {
  CONTROL_PORT_CHANNEL,
  DESKTOP_ANSWER_CHANNEL,
  DESKTOP_ANSWER_MESSAGE,
  DESKTOP_ASK_CHANNEL,
  DESKTOP_ASK_MESSAGE,
  DESKTOP_VIEW_CHANNEL,
  DESKTOP_VIEW_MESSAGE,
  GATEWAY_STATE_CHANNEL,
  GATEWAY_STATE_MESSAGE,
  type GatewayState,
  NEED_PORT_CHANNEL,
  NEED_PORT_MESSAGE,
  PLACE_CHANNEL,
  PLACE_MESSAGE,
  PORT_MESSAGE,
} from './channels.ts';

/** `/` means "only to a page of my own origin". */
const SAME_ORIGIN = '/';

contextBridge.exposeInMainWorld('gatehouseHost', 'desktop');

window.addEventListener('message', (event: MessageEvent<{ type?: unknown; question?: unknown } | undefined>) => {
  if (event.source !== window || event.origin !== window.location.origin) return;
  if (event.data?.type === NEED_PORT_MESSAGE) ipcRenderer.send(NEED_PORT_CHANNEL);
  if (event.data?.type === DESKTOP_ASK_MESSAGE) ipcRenderer.send(DESKTOP_ASK_CHANNEL, event.data.question);
});

ipcRenderer.on(CONTROL_PORT_CHANNEL, (event) => {
  window.postMessage({ type: PORT_MESSAGE }, SAME_ORIGIN, [...event.ports]);
});

ipcRenderer.on(GATEWAY_STATE_CHANNEL, (_event, state: GatewayState) => {
  window.postMessage({ type: GATEWAY_STATE_MESSAGE, ...state }, SAME_ORIGIN);
});

for (const [channel, type, name] of [
  [DESKTOP_ANSWER_CHANNEL, DESKTOP_ANSWER_MESSAGE, 'answer'],
  [DESKTOP_VIEW_CHANNEL, DESKTOP_VIEW_MESSAGE, 'view'],
  [PLACE_CHANNEL, PLACE_MESSAGE, 'place'],
] as const) {
  ipcRenderer.on(channel, (_event, value: unknown) => window.postMessage({ type, [name]: value }, SAME_ORIGIN));
}
