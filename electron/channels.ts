/** The few names the main process, the preload script and the window agree on. No imports: the preload script bundles this. */

/** Window (preload) to main: "give me a control port". */
export const NEED_PORT_CHANNEL = 'gatehouse:need-port';
/** Main to window (preload): one MessagePort comes with it. */
export const CONTROL_PORT_CHANNEL = 'gatehouse:control-port';
/** Main to window (preload): a GatewayState. */
export const GATEWAY_STATE_CHANNEL = 'gatehouse:gateway-state';

/** Window (preload) to main: a question of proxy/contract/desktop.ts, to be checked there. */
export const DESKTOP_ASK_CHANNEL = 'gatehouse:desktop-ask';
/** Main to window (preload): its answer. */
export const DESKTOP_ANSWER_CHANNEL = 'gatehouse:desktop-answer';
/** Main to window (preload): the view, whenever it changed by itself. */
export const DESKTOP_VIEW_CHANNEL = 'gatehouse:desktop-view';
/** Main to window (preload): a place to go to. */
export const PLACE_CHANNEL = 'gatehouse:place';

/** `window.postMessage` types between the preload script and the page. */
export const NEED_PORT_MESSAGE = 'gatehouse:need-port';
export const PORT_MESSAGE = 'gatehouse:port';
export const GATEWAY_STATE_MESSAGE = 'gatehouse:gateway-state';

export const DESKTOP_ASK_MESSAGE = 'gatehouse:desktop-ask';
export const DESKTOP_ANSWER_MESSAGE = 'gatehouse:desktop-answer';
export const DESKTOP_VIEW_MESSAGE = 'gatehouse:desktop-view';
export const PLACE_MESSAGE = 'gatehouse:place';

/** How the gateway process is, for a window that has no live control port to learn it from. */
export interface GatewayState {
  state: 'starting' | 'running' | 'restarting' | 'failed' | 'stopping' | 'stopped';
  message?: string;
  /** Of `stopping`: calls that are finished first. */
  callsLeft?: number;
}
