/** What must have come of a case: what the client saw, who was asked, what the ledger holds. Faults in words; none is right. */
import { WORDS } from './failures.ts';
import { type Case, type Ended, failingAt, targetsOf } from './matrix.ts';
import type { Wire } from './wires.ts';

/** Of 10 tokens in at 1 and 5 out at 2 dollars a million. */
const GOOD_NANO = 20_000;

export interface Expected {
  /** Providers in the order in which they are asked. */
  readonly tried: readonly string[];
  /** Who serves it; undefined: nobody. */
  readonly server: string | undefined;
}

export function expectedOf(each: Case): Expected {
  const targets = targetsOf(each);
  const at = failingAt(each);
  const [failing = '', after] = [targets[at], targets[at + 1]];
  const { sequel } = each.kind;
  const again = sequel === 'again' || (sequel === 'alone' && after === undefined);
  const upTo = [...targets.slice(0, at), failing, ...(again ? [failing] : [])];
  const goesOn = sequel !== 'stop' && sequel !== 'committed' && after !== undefined;
  return { tried: goesOn ? [...upTo, after] : upTo, server: goesOn ? after : undefined };
}

export function faultsOf(each: Case, ended: Ended, { countsFirst = false }: Pick<Wire, 'countsFirst'>): string[] {
  const { charged } = each.kind;
  const owed = charged === 'if-counted' ? countsFirst : charged;
  return [...clientFaults(each, ended), ...triedFaults(each, ended), ...ledgerFaults(each, ended, owed)];
}

function clientFaults(each: Case, { read }: Ended): string[] {
  const { tried, server } = expectedOf(each);
  const last = tried.at(-1) ?? '';
  const { kind } = each;
  const found = collector();
  found.same('x-gatehouse-attempts', read.headers.get('x-gatehouse-attempts'), String(tried.length));
  found.same('x-gatehouse-provider', read.headers.get('x-gatehouse-provider'), last);
  if (server !== undefined) {
    found.same('status', read.status, 200);
    found.same('text', read.text, `hello from ${server}`);
    found.same('complete', read.complete, true);
    found.same('error', read.error, undefined);
    return found.faults;
  }
  found.same('status', read.status, kind.status);
  found.same('complete', read.complete, false);
  found.same('text', read.text, kind.sequel === 'committed' ? 'begun' : '');
  if (read.error === undefined) found.faults.push('the client was told no error');
  const wanted = kind.code ?? WORDS;
  if (!read.body.includes(wanted))
    found.faults.push(`the client was not told "${wanted}" but ${read.body.slice(-300)}`);
  return found.faults;
}

function triedFaults(each: Case, { tried }: Ended): string[] {
  const { place } = each.kind;
  const failing = targetsOf(each)[failingAt(each)];
  // Whoever cannot be reached has no log.
  const wanted = expectedOf(each).tried.filter((id) => place === undefined || id !== failing);
  const found = collector();
  found.same('tried', tried.join(' '), wanted.join(' '));
  return found.faults;
}

function ledgerFaults(each: Case, { entries, read }: Ended, owed: boolean): string[] {
  const { tried, server } = expectedOf(each);
  const found = collector();
  const reserves = entries.filter(({ kind }) => kind === 'reserve').reverse();
  const ids = [...new Set(entries.map(({ attemptId }) => attemptId))];
  found.same('attempts with entries', ids.length, tried.length);
  found.same('reserves', reserves.map(({ provider }) => provider).join(' '), tried.join(' '));
  let chargedNano = 0;
  for (const { attemptId, provider = '', amountNano: heldNano } of reserves) {
    const of = (kind: string) => entries.filter((entry) => entry.attemptId === attemptId && entry.kind === kind);
    const [charges, releases] = [of('charge'), of('release')];
    const charged = charges[0]?.amountNano ?? 0;
    chargedNano += charged;
    if (charges.length + releases.length === 0) found.faults.push(`the hold at ${provider} is open`);
    if (charges.length > 1 || releases.length > 1) found.faults.push(`the hold at ${provider} was ended twice`);
    found.same(`charge and release at ${provider}`, charged + (releases[0]?.amountNano ?? 0), heldNano);
    const isFailing = provider === targetsOf(each)[failingAt(each)];
    if (provider === server) found.same(`charge at ${provider}`, charged, GOOD_NANO);
    else if (!isFailing || !owed) found.same(`charge at ${provider}`, charged, 0);
    else if (charged === 0) found.faults.push(`nothing was charged at ${provider}`);
  }
  const told = read.headers.get('x-gatehouse-cost-usd');
  if (told !== null) found.same('x-gatehouse-cost-usd', Math.round(Number(told) * 1e9), chargedNano);
  return found.faults;
}

function collector(): { readonly faults: string[]; same(what: string, found: unknown, wanted: unknown): void } {
  const faults: string[] = [];
  return {
    faults,
    same(what, found, wanted) {
      if (found !== wanted) faults.push(`${what}: found ${String(found)}, expected ${String(wanted)}`);
    },
  };
}
