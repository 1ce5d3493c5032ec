/** Written after the last change of the rules, which were never touched for them: what auto does with prompts it has not met. */
import { CONTRACT, LOG, labelled, PROSE, PYTHON, TYPESCRIPT } from './labelled.ts';

export const UNSEEN = labelled('unseen', [
  ['economy', 'hey, you there?'],
  ['economy', 'Boiling point of ethanol?'],
  ['economy', 'Which month comes after Ramadan?'],
  ['economy', 'another word for happy'],
  ['economy', 'Rate this from 1 to 5 stars: "Quick delivery, box was dented."'],
  ['economy', 'Write "see you tomorrow" in Dutch'],
  ['economy', 'Remove the duplicates: red, blue, red, green, blue'],
  ['economy', 'Is the second sentence in the passive voice?', { below: [PROSE, 500] }],
  ['economy', 'Wann ist in Bayern Ferienbeginn?'],
  ['economy', 'Comment dit-on « merci » en suédois ?'],
  ['economy', '东京塔有多高？'],
  ['economy', 'Nachricht als Spam oder kein Spam einordnen: "Sie haben gewonnen!"', { output: 'schema' }],
  ['economy', 'volume up', { tools: 4 }],
  ['economy', 'no, the blue one', { before: ['Which shirt goes with grey trousers?', 'The white or the blue one.'] }],
  ['economy', 'Expand the acronym NASA'],
  [
    'standard',
    'I have eggs, leeks and leftover potatoes. Give me three dinners for four people with a shopping list for what is missing.',
  ],
  ['standard', 'Walk me through how interest on a mortgage is worked out, using 200,000 over 25 years as the example.'],
  [
    'standard',
    'Write a eulogy for my grandfather, a railwayman who loved chess and never raised his voice. Four minutes when read aloud.',
  ],
  ['standard', 'My React list re-renders on every keystroke. What should I look at first?'],
  ['standard', 'Make a Makefile with targets for build, lint, test and clean for a Go project.'],
  ['standard', 'Replace the callbacks by promises.', { below: [TYPESCRIPT, 2_200] }],
  ['standard', 'What does this class do and how would I use it?', { below: [PYTHON, 1_000] }],
  ['standard', 'IndexError: list index out of range, line 14. Help.', { below: [PYTHON, 1_100] }],
  ['standard', 'Create a table of all meetings with date, people and outcome.', { below: [PROSE, 15_000] }],
  ['standard', 'Welche Versicherungen braucht eine freie Fotografin wirklich, und welche kann sie sich sparen?'],
  ['standard', 'Écris une lettre de motivation pour un stage dans une librairie.'],
  ['standard', '¿Cómo configuro un servidor de correo con Postfix en Debian? Dame los pasos.'],
  ['standard', '自転車のパンクを直す手順を初心者向けに説明して。'],
  ['standard', 'Bring the README up to date with the current commands.', { tools: 9 }],
  [
    'standard',
    'Two of the snapshot tests are outdated, regenerate them and check the diff.',
    { tools: 10, toolSteps: 3 },
  ],
  ['standard', 'How do the two photos differ, and which was taken later?', { images: 2 }],
  [
    'standard',
    'Can you add an example for each of the points?',
    { before: ['What makes a good code review?', PROSE.repeat(7)] },
  ],
  [
    'premium',
    'Let G be a finite group in which every element has order at most 2. What can be said about G? Give a complete argument.',
  ],
  [
    'premium',
    'Estimate the error of the trapezoidal rule for functions with bounded second derivative, and say when Simpson is worse.',
  ],
  [
    'premium',
    'Payments are sometimes booked twice when the broker restarts during a rebalance. From the code below, work out the exact sequence of events and change the consumer so that it cannot happen.',
    { below: [TYPESCRIPT, 8_000] },
  ],
  [
    'premium',
    'How would you store ten billion sensor readings a day so that any single device can be queried over five years in under a second, on a budget of 4,000 euros a month? Show the numbers.',
  ],
  [
    'premium',
    'Audit this authentication flow: session fixation, token replay, privilege escalation, timing. Rank what you find.',
    { below: [TYPESCRIPT, 6_000] },
  ],
  [
    'premium',
    'Go through the lease line by line as counsel for the tenant: what is unenforceable, what is unusual, what must be changed before signing?',
    { below: [CONTRACT, 9_000] },
  ],
  [
    'premium',
    'A 7-year-old with recurrent fever every 21 days, mouth ulcers and swollen nodes, well in between. What is going on, what else could it be, and which tests in which order?',
  ],
  [
    'premium',
    'Should a mid-size chemical producer hedge its gas exposure for three years now? Build the argument for and against, with the scenarios that would make you change your mind.',
  ],
  [
    'premium',
    'Untersuche, ob die Reihe der Kehrwerte aller Primzahlen konvergiert, und begründe deine Antwort vollständig.',
  ],
  [
    'premium',
    'Conçois un protocole d’élection de leader tolérant aux partitions réseau et explique pourquoi il ne peut pas y avoir deux leaders.',
  ],
  ['premium', '请设计一个高并发的秒杀系统，说明如何防止超卖，并分析各种故障情况。'],
  [
    'premium',
    'Find what makes startup four seconds slower than last month; bisect if you must, profile, and remove the cause without reverting the feature.',
    { tools: 14, toolSteps: 6 },
  ],
  [
    'premium',
    'Where does this argument beg the question? Restate it so that it does not, or explain why that is impossible.',
    { below: [PROSE, 3_000] },
  ],
  [
    'premium',
    'Correlate these logs with the deploy times, form competing explanations for the outage, and say which observation would rule each of them out.',
    { below: [LOG, 12_000] },
  ],
]);
