/** The contract's views that the window shows, under one roof. Types only. */
import type { z } from 'zod';
import type { discoveredView } from '../../proxy/contract/control.ts';
import type { Snapshot } from '../../proxy/contract/views.ts';

export type { AlertTargetView, AlertView, DeliveryView } from '../../proxy/contract/alerts.ts';
export type { FilePlan, ToolView } from '../../proxy/contract/connect.ts';
export type { ApprovalView, KilledScopeView } from '../../proxy/contract/limits.ts';
export type { EnvironmentKeyView, SetupView } from '../../proxy/contract/setup.ts';
export type {
  AccessKeyView,
  AuditReport,
  BalanceView,
  BudgetView,
  ChargedUsageView,
  CredentialView,
  KeychainView,
  LiveEvent,
  LiveRequestView,
  ModelView,
  PauseView,
  ProviderView,
  RequestView,
  SettingsView,
  SpendView,
  TransferKind,
  TransferView,
  UsageView,
} from '../../proxy/contract/views.ts';
export type GatewayView = Snapshot['gateway'];
export type DiscoveredView = z.infer<typeof discoveredView>;
