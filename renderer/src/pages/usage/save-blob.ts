/** Offers a file as a download. It never leaves the machine. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the blob after this task, so it is let go of in a later one.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What every system takes as part of a file name. */
export function fileNamePart(text: string): string {
  const plain = text.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  return plain === '' ? 'unnamed' : plain.slice(0, 60);
}
