const start = '<!-- bench:start -->';
const end = '<!-- bench:end -->';

/** Puts a table between the README's two markers. @throws where a marker is missing or they stand the wrong way round */
export function withTable(readme: string, table: string): string {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md needs ${start} and, after it, ${end}`);
  return `${readme.slice(0, from + start.length)}\n${table}\n${readme.slice(to)}`;
}
