/** The pages, and the parts of those that have tabs, as commands. */
import { PAGES } from '../app/page-list.ts';
import { TABS as ACTIVITY_TABS } from '../pages/activity/tabs.ts';
import { TABS as ROUTING_TABS } from '../pages/routing/tabs.ts';
import type { Command } from './command.ts';

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  '/': ['home', 'dashboard', 'live feed'],
  '/playground': ['chat', 'try a prompt'],
  '/requests': ['calls', 'log', 'history'],
  '/usage': ['cost', 'spend', 'charts', 'invoice', 'report'],
  '/ledger': ['books', 'wallet', 'reconcile', 'transfers'],
  '/providers': ['credentials', 'api keys', 'openai', 'anthropic', 'ollama'],
  '/models': ['prices', 'compare', 'catalog'],
  '/budgets': ['caps', 'rate limits', 'kill switches', 'fees', 'loop guard'],
  '/routing': ['fallbacks', 'rules', 'splits'],
  '/access-keys': ['tokens', 'gh_'],
  '/connect': ['tools', 'snippets', 'claude code', 'editor'],
  '/activity': ['alerts', 'notifications', 'webhooks'],
  '/settings': ['port', 'preferences', 'options', 'time zone', 'data directory', 'proxy', 'keychain', 'retention'],
};

export function pageCommands(go: (path: string) => void): readonly Command[] {
  const pages = PAGES.map(({ path, name, letter, icon }): Command => {
    const keywords = KEYWORDS[path];
    return {
      id: `page ${path}`,
      group: 'Pages',
      label: name,
      ...(keywords === undefined ? {} : { keywords }),
      icon,
      keys: ['g', letter],
      run: () => go(path),
    };
  });
  return [...pages, ...partCommands('/routing', ROUTING_TABS, go), ...partCommands('/activity', ACTIVITY_TABS, go)];
}

interface Part {
  readonly id: string;
  readonly name: string;
}

/** All but the first, which the page itself opens. */
function partCommands(path: string, [, ...others]: readonly Part[], go: (path: string) => void): readonly Command[] {
  const page = PAGES.find((one) => one.path === path);
  if (page === undefined) return [];
  return others.map(({ id, name }) => ({
    id: `page ${path}/${id}`,
    group: 'Pages',
    label: `${page.name}: ${name}`,
    icon: page.icon,
    run: () => go(`${path}/${id}`),
  }));
}
