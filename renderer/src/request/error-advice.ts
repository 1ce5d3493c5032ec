/** What a person can do about the commonest refusals and failures; the code stays beside it for searching. */
const ADVICE: Readonly<Record<string, string>> = {
  budget_exceeded:
    'The cap would have been exceeded, so nothing was sent. Raise the cap in Settings or wait for its reset.',
  kill_switch: 'All calls are paused. Press Resume at the top of the window.',
  stopped_by_person: 'Somebody stopped all running calls. Ask again in the tool; new calls are served.',
  computer_slept: 'The computer slept while the answer was under way. Ask again in the tool.',
  missing_access_key: 'The tool sent no access key. Give it one from the Access keys page.',
  invalid_access_key: 'The tool sent a key that Gatehouse does not know. Check that it was copied completely.',
  revoked_access_key: 'This access key was revoked. Create a new one for the tool.',
  model_not_found: 'No provider here serves this model. Write it as provider/model-id.',
  credential_missing: 'The provider has no credential yet. Add it on the Providers page.',
  credential_unavailable: 'The store that keeps the credentials is locked or does not answer. See the Providers page.',
  price_unknown:
    'There is no price for this model, so its cost cannot be held under the cap. Add a price to its provider.',
  upstream_connect_failed: 'The provider could not be reached. Check the network and its base URL.',
  upstream_tls_failed:
    'The secure connection to the provider failed. A proxy or a missing certificate may be in the way.',
  upstream_cut: 'The provider broke off in the middle of the answer.',
  client_closed: 'The tool hung up before the answer was complete.',
  ledger_unavailable: 'The ledger could not be written, so nothing was sent. Check free disk space and the log.',
};

export function errorAdvice(code: string | undefined): string | undefined {
  return code === undefined ? undefined : ADVICE[code];
}
