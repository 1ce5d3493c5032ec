/** The autostart file of Linux desktops (Desktop Entry Specification, Desktop Application Autostart Specification). Pure. */

/** `command`: the program and its arguments. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Gatehouse',
    'Comment=One gate on your own machine for every AI model you use',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=gatehouse',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** A desktop's own settings switch an entry off by a line in it. Undefined: there is no such file. */
export function isEnabledEntry(text: string | undefined): boolean {
  if (text === undefined) return false;
  return !/^\s*(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(text);
}

/**
 * One argument of `Exec`: a percent sign is doubled, and within the quotes `"`, backtick, `$` and backslash are escaped. The
 * file format then unescapes backslashes once more before anybody reads quotes.
 */
function quoted(argument: string): string {
  const plain = argument.replaceAll('%', '%%');
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(plain)) return plain;
  const inQuotes = plain.replaceAll(/["`$\\]/g, (character) => `\\${character}`);
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}
