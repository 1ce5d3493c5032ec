/** Written after the second rules: a quarter of these was wrong at first, and the rules were changed for them, too. */
import { CONTRACT, LOG, labelled, PROSE, PYTHON, TYPESCRIPT } from './labelled.ts';

export const THIRD_LOOK = labelled('third look', [
  ['economy', 'morning!'],
  ['economy', 'Opposite of "generous"?'],
  ['economy', 'How old is the Eiffel Tower?'],
  ['economy', 'Make it uppercase: welcome home'],
  ['economy', 'What time zone is Perth in'],
  ['economy', 'Say it in Italian: I lost my luggage'],
  ['economy', 'Who is the author?', { below: [PROSE, 900] }],
  ['economy', 'Give me a caption for a photo of a sleeping dog'],
  ['economy', 'Is 2028 a leap year?'],
  ['economy', 'Wie viele Einwohner hat Graz?'],
  ['economy', '¿Cuál es la capital de Perú?'],
  ['economy', '今天是星期几？'],
  ['economy', 'Spell-check: definately, recieve, seperate'],
  ['economy', 'Which of the following is a fruit: potato, plum, pepper? Reply with the word only.'],
  [
    'economy',
    'Return the order number as JSON.',
    { output: 'schema', below: ['Hello, my order 88-1201 has not arrived. Regards, Kim\n', 120] },
  ],
  ['economy', 'Play some jazz', { tools: 3 }],
  ['economy', 'and the other one?', { before: ['Who sang Yesterday?', 'The Beatles.'] }],
  [
    'standard',
    'Write a polite but firm message to a contractor who has missed two deadlines and wants more money up front.',
  ],
  ['standard', 'What happens, step after step, when I type an address into a browser and press enter?'],
  [
    'standard',
    'Give me a weekly strength routine for a beginner with dumbbells only, with sets, repetitions and how to progress.',
  ],
  ['standard', 'TypeError: unsupported operand type(s) for +: NoneType and int', { below: [PYTHON, 900] }],
  ['standard', 'Add a dark mode toggle to this component and remember the choice.', { below: [TYPESCRIPT, 1_500] }],
  [
    'standard',
    'Write a pandas snippet that reads two CSV files, joins them on email and shows who is only in one of them.',
  ],
  ['standard', 'How would I set up a VPN at home with a Raspberry Pi? Commands please.'],
  ['standard', 'Group these log lines by hour and tell me when the traffic peaks.', { below: [LOG, 9_000] }],
  [
    'standard',
    'Verfasse eine Stellenanzeige für eine Tierarztpraxis auf dem Land, freundlich, mit Aufgaben, Anforderungen und dem, was wir bieten.',
  ],
  ['standard', 'Explique la différence entre le passé composé et l’imparfait avec des exemples.'],
  ['standard', '用简单的话解释一下通货膨胀是怎么产生的，并举两个例子。'],
  ['standard', 'Bump the version, update the changelog and open a pull request.', { tools: 11 }],
  ['standard', 'The login page test times out on CI only. Have a look.', { tools: 10, toolSteps: 2 }],
  ['standard', 'Sum up the chapters below in half a page each.', { below: [PROSE, 35_000] }],
  ['standard', 'Read these two charts and tell me which product grew faster and by how much.', { images: 2 }],
  [
    'standard',
    'Make the tone more formal and cut a third of it.',
    { before: ['Draft the annual letter to our donors', PROSE.repeat(7)] },
  ],
  [
    'premium',
    'Show rigorously that the harmonic series diverges but the alternating one converges, and estimate the remainder after n terms.',
  ],
  [
    'premium',
    'We see stale reads after failover about twice a month although writes are acknowledged by a quorum. Explain how this can be, given the settings below, and what to change.',
    { below: [LOG, 2_000] },
  ],
  [
    'premium',
    'Find every way in which this smart contract can lose money, order them by severity, and rewrite the affected functions.',
    { below: [TYPESCRIPT, 7_000] },
  ],
  [
    'premium',
    'Design the data model and the API of a hospital scheduling system in which shifts, skills, legal rest times and wishes all have to be respected; explain what you decided against.',
  ],
  [
    'premium',
    'Our company wants to buy a competitor in Brazil. Go through antitrust, tax, currency and integration, quantify what you can, and tell the board what you would do.',
  ],
  [
    'premium',
    'Is the reasoning of the majority or that of the dissent more convincing? Reconstruct both, test them against the precedents cited, and take a position.',
    { below: [CONTRACT, 7_000] },
  ],
  [
    'premium',
    'Give an algorithm for the dynamic connectivity problem with polylogarithmic updates, and prove its amortised bound.',
  ],
  [
    'premium',
    'Leite die Navier-Stokes-Gleichungen aus der Impulserhaltung her und erläutere, welche Annahmen bei Nicht-Newtonschen Fluiden fallen.',
  ],
  [
    'premium',
    'Calcula la estabilidad del puente descrito abajo bajo carga de viento, justifica el modelo elegido y señala sus límites.',
    { below: [PROSE, 2_500] },
  ],
  ['premium', '分析这家公司过去三年的财务报表，找出可能的造假迹象，并论证你的结论。', { below: [PROSE, 5_000] }],
  [
    'premium',
    'Replace the home-grown event bus with the new one in all packages. Nothing may be lost while both run, and each step has to be reversible.',
    { tools: 15, toolSteps: 5 },
  ],
  [
    'premium',
    'Criticise the causal claim of this study: confounders, selection, measurement, and what data would settle it.',
    { below: [PROSE, 12_000] },
  ],
  [
    'premium',
    'Write an interpreter for a subset of Prolog with unification, backtracking and cut, and explain why your treatment of cut is sound.',
  ],
]);
