/**
 * Hands out control ports: for each peer a channel is made, one end goes to the gateway and one to the peer. A gateway
 * that was restarted knows nothing of earlier ports, so everybody who has one is given a new one.
 */
import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { ForkedGateway } from './gateway/process.ts';

export interface ControlPorts {
  /** The gateway listens: connect main and every window that asked. */
  gatewayUp(gateway: ForkedGateway): void;
  gatewayDown(): void;
  /** A window asks; it is answered now, or as soon as a gateway is up. */
  windowAsks(): void;
  windowGone(): void;
  /** The main process lost its connection though the gateway runs. Nothing happens when it does not. */
  mainAsks(): void;
}

export interface ControlPortReceivers {
  main(port: MessagePortMain): void;
  window(port: MessagePortMain): void;
}

export function createControlPorts(receivers: ControlPortReceivers): ControlPorts {
  let gateway: ForkedGateway | undefined;
  let windowWants = false;

  function connectWindow(): void {
    if (gateway === undefined || !windowWants) return;
    const { port1, port2 } = new MessageChannelMain();
    gateway.sendControlPort('window', port1);
    receivers.window(port2);
  }

  function connectMain(): void {
    if (gateway === undefined) return;
    const { port1, port2 } = new MessageChannelMain();
    gateway.sendControlPort('main', port1);
    receivers.main(port2);
  }

  return {
    gatewayUp(up) {
      gateway = up;
      connectMain();
      connectWindow();
    },
    gatewayDown() {
      gateway = undefined;
    },
    windowAsks() {
      windowWants = true;
      connectWindow();
    },
    windowGone() {
      windowWants = false;
    },
    mainAsks: connectMain,
  };
}
