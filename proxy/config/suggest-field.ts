/** The field somebody probably meant. */

/** What other gateways call it, in lower case without separators. */
const ALIASES: Readonly<Record<string, string>> = {
  apikey: 'credential',
  key: 'credential',
  token: 'credential',
  secret: 'credential',
  apibase: 'baseUrl',
  url: 'baseUrl',
  endpoint: 'baseUrl',
  type: 'kind',
  provider: 'kind',
  name: 'id',
  model: 'id',
  modelname: 'id',
  limit: 'limitUsd',
  maxbudget: 'limitUsd',
  period: 'window',
  inputcostpertoken: 'inputUsdPerMTok',
  outputcostpertoken: 'outputUsdPerMTok',
  inputprice: 'inputUsdPerMTok',
  outputprice: 'outputUsdPerMTok',
  contextwindow: 'contextTokens',
  contextlength: 'contextTokens',
  maxtokens: 'maxOutputTokens',
  modellist: 'providers',
  listen: 'server',
  address: 'host',
  tz: 'timeZone',
  keys: 'accessKeys',
  budget: 'budgets',
};
const DISTANCE_MAX = 2;

/** One of `fields`, or undefined when nothing is near. */
export function suggestField(found: string, fields: readonly string[]): string | undefined {
  const plain = simplify(found);
  const same = fields.find((field) => simplify(field) === plain);
  if (same !== undefined) return same;
  const alias = ALIASES[plain];
  if (alias !== undefined && fields.includes(alias)) return alias;
  let best: { field: string; distance: number } | undefined;
  for (const field of fields) {
    const distance = editDistance(plain, simplify(field));
    if (distance <= DISTANCE_MAX && distance < plain.length && (best === undefined || distance < best.distance))
      best = { field, distance };
  }
  return best?.field;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Levenshtein: insertions, deletions and replacements. */
export function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, replaced));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
