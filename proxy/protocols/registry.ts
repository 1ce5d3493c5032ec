/** The provider side of every wire format. */
import type { Protocol } from '../core/protocol.ts';
import { providerSide as anthropicMessagesProvider } from './anthropic-messages/provider-side.ts';
import type { ProviderSide } from './translation.ts';

export const PROVIDER_SIDES: Readonly<Partial<Record<Protocol, ProviderSide>>> = {
  'anthropic-messages': anthropicMessagesProvider,
};
