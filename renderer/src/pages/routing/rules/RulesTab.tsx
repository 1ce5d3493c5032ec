import { IconRoute } from '@tabler/icons-react';
import { ListTab } from '../parts/ListTab.tsx';
import { RULES } from '../parts/list-parts.ts';
import { RuleForm } from './RuleForm.tsx';
import { doesWords, whenWords } from './rule-words.ts';

export function RulesTab() {
  return (
    <ListTab
      part={RULES}
      title="Rules"
      text="Read from the top: the first rule whose conditions all hold decides, and the others are not looked at."
      ordered
      empty={{
        icon: <IconRoute size={22} />,
        title: 'No rule yet',
        text: 'Send some calls elsewhere, by what they say, who makes them, how long they are or what time it is. Or refuse them.',
      }}
      words={(rule) => (
        <>
          {whenWords(rule.when)}: {doesWords(rule)}
        </>
      )}
      form={(props) => <RuleForm {...props} />}
    />
  );
}
