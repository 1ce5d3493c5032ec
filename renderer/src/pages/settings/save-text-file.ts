/** Offers a text as a download. The blob never leaves the machine. */
export function saveTextFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the blob after this task, so it is let go of in a later one.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
