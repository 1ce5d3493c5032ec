/** Where single things are shown, as addresses of the window. */

/** Ids of models hold slashes and colons; each part is written so that it comes back as it was. */
export function modelAddress(id: string): string {
  return `/models/${id.split('/').map(encodeURIComponent).join('/')}`;
}

export function providerAddress(id: string): string {
  return `/providers/at/${encodeURIComponent(id)}`;
}
