/** The few names the main process, the preload script and the window agree on. No imports: the preload script bundles this. */

/** Window (preload) to main: "give me a control port". */
export const NEED_PORT_CHANNEL = 'gatehouse:need-port';
/** Main to window (preload): one MessagePort comes with it. */
export const CONTROL_PORT_CHANNEL = 'gatehouse:control-port';
/** Main to window (preload): a GatewayState. */
export const GATEWAY_STATE_CHANNEL = 'gatehouse:gateway-state';

/** `window.postMessage` types between the preload script and the page. */
export const NEED_PORT_MESSAGE = 'gatehouse:need-port';
export const PORT_MESSAGE = 'gatehouse:port';
export const GATEWAY_STATE_MESSAGE = 'gatehouse:gateway-state';

/** How the gateway process is, for a window that has no live control port to learn it from. */
export interface GatewayState {
  state: 'starting' | 'running' | 'restarting' | 'failed' | 'stopping' | 'stopped';
  message?: string;
}
