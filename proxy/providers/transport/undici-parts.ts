/**
 * The two parts of undici that are used, by their files: its front door also loads fetch, WebSocket, mocks and caches,
 * 13 MB of memory for things no gateway needs.
 */
import connect from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';

// The front door does this for all of undici's methods. ProxyAgent opens its tunnels with this one.
Object.assign(Dispatcher.prototype, { connect });

export { Agent, ProxyAgent };
