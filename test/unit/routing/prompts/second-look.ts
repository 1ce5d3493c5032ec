/** Written after the first rules, in other words than theirs: half of these were wrong at first, and the rules were changed for them. */
import { CONTRACT, labelled, PROSE, PYTHON, TYPESCRIPT } from './labelled.ts';

export const SECOND_LOOK = labelled('second look', [
  ['economy', 'who won the world cup in 1998'],
  ['economy', 'lol nice one'],
  ['economy', 'Give me a random number between 1 and 100'],
  ['economy', 'Put these in alphabetical order: Oslo, Bern, Rome, Lima'],
  ['economy', 'How do I say happy new year in Polish?'],
  ['economy', 'Is "their" or "there" right here: "___ dog is big"?'],
  ['economy', "When is Mother's Day in Germany this year?"],
  ['economy', 'Reply to this text politely: "Can we move our call to 3?"'],
  ['economy', 'Emoji for celebration?'],
  ['economy', 'Which currency do they use in Denmark?'],
  ['economy', 'Wandle in Großbuchstaben um: hallo welt'],
  ['economy', 'Quelle heure est-il à Montréal quand il est midi à Paris ?'],
  ['economy', 'Need a two-word name for a coffee van'],
  ['economy', 'Pick the odd one out: carrot, apple, hammer, pear'],
  ['economy', 'What is the phone number in this mail?', { below: [PROSE, 700] }],
  ['economy', 'next', { before: ['Give me one idiom a time', 'A stitch in time saves nine.'] }],
  [
    'standard',
    'My sourdough comes out dense every time. I use 70% hydration, bulk for four hours at 20 degrees, and bake at 230. Ideas?',
  ],
  ['standard', 'Teach me the basics of chess openings in about ten paragraphs with example moves.'],
  [
    'standard',
    'I need a cron entry plus a small bash program that deletes backups older than 30 days but always keeps the newest five.',
  ],
  ['standard', 'Make the button disabled while the request is running.', { below: [TYPESCRIPT, 1_800] }],
  ['standard', 'This test is red since yesterday, can you see what changed?', { below: [PYTHON, 1_600] }],
  [
    'standard',
    'Create a quiz with ten questions on the French Revolution, four answers each, with the solution and a hint.',
  ],
  ['standard', 'Give feedback on my essay: structure, tone, and where it loses the reader.', { below: [PROSE, 6_000] }],
  [
    'standard',
    'Help me prepare for a job interview as a data engineer: likely questions and what a good answer contains.',
  ],
  [
    'standard',
    'Which indexes would help the following report, and what would each cost on writes?\nselect c.name, sum(o.total) from orders o join customers c on c.id = o.customer_id group by c.name;',
  ],
  ['standard', 'Make a packing list and day plan for hiking the West Highland Way in October with a dog.'],
  ['standard', 'Ich verstehe Rekursion nicht. Kannst du es mir mit zwei Beispielen in Python zeigen?'],
  [
    'standard',
    'Generate a REST client for this OpenAPI snippet with retries and a timeout.',
    { below: [TYPESCRIPT, 1_000] },
  ],
  ['standard', 'Look through the repo and tell me how sessions are stored.', { tools: 9 }],
  ['standard', 'Turn the sketch into HTML and CSS.', { images: 2 }],
  [
    'standard',
    'Reword the error messages in this file so that a customer understands them.',
    { below: [TYPESCRIPT, 4_000], tools: 6 },
  ],
  [
    'premium',
    'Our replication falls behind during nightly imports and catches up only by noon. Here is the topology and the metrics. Work out what is happening and what we should change, with the order of changes and how to verify each.',
    { below: [PROSE, 5_000] },
  ],
  [
    'premium',
    'Is the following scheme secure against an active attacker who can replay messages? Give either an attack or an argument why none exists.',
    { below: [PROSE, 2_000] },
  ],
  [
    'premium',
    'Establish the tight bound on the number of comparisons for merging two sorted lists of lengths m and n.',
  ],
  [
    'premium',
    'Negotiate on paper: draft the counter-position to this agreement, naming for every section what we can give up, what we cannot, and which fallback wording a court would uphold.',
    { below: [CONTRACT, 9_000] },
  ],
  [
    'premium',
    'Build a scheduler that survives the loss of any two nodes, guarantees exactly-once execution, and never runs a job late by more than a second. Explain why it works.',
  ],
  [
    'premium',
    'Take this 3,000 line service apart into independent packages without changing behaviour; tell me the order, the seams, and what can go wrong at each.',
    { below: [TYPESCRIPT, 18_000] },
  ],
  [
    'premium',
    'Compute the ground state energy of the helium atom by the variational method with a two-parameter trial function, all integrals in full.',
  ],
  [
    'premium',
    'A patient on warfarin, amiodarone and fluconazole has an INR of 7 without bleeding. Weigh the options and recommend a course with the evidence behind it.',
  ],
  ['premium', 'Zeige, dass jede Gruppe der Ordnung 15 zyklisch ist.'],
  [
    'premium',
    'Quels sont les risques systémiques si trois banques de taille moyenne font défaut la même semaine ? Modélise la contagion et discute les hypothèses.',
  ],
  ['premium', '请推导广义相对论中史瓦西解，并讨论奇点的物理意义。'],
  [
    'premium',
    'Port the whole test harness to the new runner, keep coverage equal, and get CI green; there are 400 files.',
    { tools: 14, toolSteps: 10 },
  ],
]);
