/** Maths, reasoning, law, medicine, strategy, science, and long conversations. */
import { CONTRACT, labelled, PROSE } from './labelled.ts';

export const THINKING = [
  ...labelled('maths', [
    ['economy', 'What is 17 * 23?'],
    ['economy', 'What is 15 percent of 240?'],
    ['economy', 'Solve for x: 2x + 6 = 20'],
    [
      'standard',
      'A tank fills in 6 hours by one pipe and in 4 hours by another. How long do both take together? Show the working.',
    ],
    ['standard', 'Compute the derivative of x^2 * sin(x) and explain each step.'],
    ['standard', 'What is the probability of at least two sixes in five throws of a fair die?'],
    ['standard', 'Explain Bayes theorem with a medical test as an example, with numbers.'],
    ['premium', 'Prove that there are infinitely many primes congruent to 3 modulo 4.'],
    ['premium', 'Prove or disprove: every continuous bijection between compact Hausdorff spaces is a homeomorphism.'],
    [
      'premium',
      'Let f be a convex function on R^n with Lipschitz gradient. Derive the convergence rate of gradient descent and show that it is tight for first-order methods up to a constant.',
    ],
    [
      'premium',
      'Beweise, dass die Wurzel aus 2 irrational ist, und verallgemeinere den Beweis auf alle nichtquadratischen Zahlen.',
    ],
    ['premium', 'Démontre que toute suite bornée de réels admet une sous-suite convergente.'],
    ['premium', 'Demuestra que el conjunto de los números reales no es numerable.'],
    ['premium', '证明：对任意正整数 n，n^5 - n 能被 30 整除。'],
    ['premium', '任意の自然数 n について n^3 - n が 6 で割り切れることを証明してください。'],
    ['premium', 'Find all integer solutions of x^2 - 7y^2 = 2 and prove that there are no others.'],
    [
      'premium',
      'Solve this olympiad problem: on a circle there are 2n points, half red, half blue. Show that one can start at some point and go round so that the number of reds passed is never less than the number of blues.',
    ],
    [
      'premium',
      'Derive the Euler-Lagrange equations for a double pendulum and analyse the stability of its equilibria.',
    ],
  ]),
  ...labelled('reasoning', [
    [
      'standard',
      'Three friends share a bill of 84 euros; Ann ate twice as much as Bob, Cem half as much as Bob. Who pays what?',
    ],
    [
      'standard',
      'Plan a week in Lisbon for two adults and a toddler with little walking, one outing a day, and where to eat.',
    ],
    ['standard', 'I have 300 euros a month to save. Compare an ETF plan with paying off a 4 percent loan early.'],
    [
      'premium',
      'Five houses in five colours, five nationalities, drinks, pets and cigars: the Brit lives in the red house, the Swede keeps dogs, the Dane drinks tea, the green house is left of the white one ... Who keeps the fish? Reason step by step and show that the solution is unique.',
    ],
    [
      'premium',
      'Think carefully step by step: a hospital has 3 operating rooms, 7 surgeons with the following constraints, and 22 operations. Find a schedule that is optimal and prove that none is shorter.',
    ],
    [
      'premium',
      'Analyse the flaws in this argument, reconstruct its strongest version, and evaluate whether its conclusion follows.',
      { below: [PROSE, 4_000] },
    ],
    [
      'premium',
      'What would have to be true for our strategy to fail? Analyse second-order effects, competitors reactions and regulatory scenarios for a bank that wants to issue its own stablecoin in the EU.',
    ],
    [
      'premium',
      'Work out an optimal auction design for 5G spectrum with three incumbents and a budget-constrained entrant; derive the equilibrium bids.',
    ],
    [
      'premium',
      'Denke Schritt für Schritt: Analysiere die Spielstrategie, leite das Nash-Gleichgewicht her und begründe, warum es eindeutig ist.',
    ],
    ['premium', 'A hard one, think it through thoroughly.', { effort: 'high', below: [PROSE, 2_000] }],
    [
      'standard',
      'Which of these two phones should I buy for my grandmother and why? She wants big letters and a long battery life.',
    ],
  ]),
  ...labelled('law and medicine', [
    [
      'premium',
      'Analyse the liability clauses of this contract under German law: which are void in standard terms, what are our risks as the supplier, and how should each be redrafted?',
      { below: [CONTRACT, 8_000] },
    ],
    [
      'premium',
      'Draft a legal opinion on whether training on scraped data infringes copyright in the EU; weigh the exceptions and cite the directive.',
    ],
    [
      'premium',
      'Differential diagnosis: 54-year-old woman, fatigue, low ferritin, raised calcium, kidney stones, normal TSH. Rank the hypotheses, reason about each, and say which tests discriminate.',
    ],
    [
      'premium',
      'Evaluate the methodology of this clinical trial: randomisation, blinding, power, multiplicity, and whether the conclusion is supported by the analysis.',
      { below: [PROSE, 10_000] },
    ],
    [
      'premium',
      'Prüfe die Rechtslage: Darf ein Arbeitgeber private E-Mails auswerten? Analysiere die Rechtsprechung und wäge die Interessen ab.',
    ],
    [
      'premium',
      'Compare these two licence agreements clause by clause and analyse the legal risk of combining the software under both.',
      { below: [CONTRACT, 14_000] },
    ],
    ['standard', 'Write a polite letter to my landlord asking him to repair the heating, mention the legal basis.'],
    ['standard', 'What are the side effects of ibuprofen and when should I see a doctor?'],
    ['economy', 'What does "force majeure" mean?'],
    [
      'standard',
      'Summarize what this contract obliges us to do, as a list with deadlines.',
      { below: [CONTRACT, 6_000] },
    ],
  ]),
  ...labelled('science and strategy', [
    [
      'premium',
      'Critically review this paper as a referee: novelty, soundness of the proofs, experimental design, missing baselines. Recommend accept or reject with reasons.',
      { below: [PROSE, 30_000] },
    ],
    [
      'premium',
      'Design an experiment that distinguishes between the two hypotheses for the observed neutrino anomaly, and analyse its statistical power and systematic errors.',
    ],
    [
      'premium',
      'Derive the Black-Scholes equation from first principles and explain where each assumption fails in practice.',
    ],
    [
      'premium',
      'Develop a five-year strategy for a regional newspaper: analyse the market, evaluate three business models quantitatively, and recommend one with a risk assessment.',
    ],
    [
      'premium',
      'Build a financial model for a SaaS company: cohorts, churn, CAC payback; derive the sensitivity to churn and critique the assumptions.',
      { below: [PROSE, 3_000] },
    ],
    ['standard', 'Write a SWOT analysis for a bakery that wants to open a second shop.'],
    ['standard', 'Explain the difference between correlation and causation with three examples.'],
    ['standard', 'Make a study plan for the next six weeks: statistics, two hours a day, exam on the last Friday.'],
    ['standard', 'Write an agenda and talking points for a one-hour kick-off meeting with a new client.'],
    ['economy', 'What is photosynthesis, in one sentence?'],
  ]),
  ...labelled('conversations', [
    ['economy', 'and in Spanish?', { before: ['Translate "good night" to French', 'Bonne nuit'] }],
    ['economy', 'thanks!', { before: ['Write a haiku about snow', 'White roofs, quiet street'] }],
    [
      'economy',
      'shorter please',
      { before: ['Write a wish for a wedding', 'May your days together be bright and long.'] },
    ],
    ['economy', 'yes', { before: ['Remind me what to buy?', 'Milk and bread. Shall I add eggs?'] }],
    [
      'standard',
      'Now make the second paragraph more personal and move the numbers into a table.',
      {
        before: [
          'Write a fundraising letter for our school library',
          PROSE.repeat(4),
          'Better, but the start is weak',
          PROSE.repeat(4),
        ],
      },
    ],
    [
      'standard',
      'Does that still hold if the lists are sorted?',
      {
        before: [
          'How do I merge two lists without duplicates in Python?',
          '```python\nmerged = list(dict.fromkeys(a + b))\n```',
        ],
      },
    ],
    [
      'standard',
      'What about the error case?',
      {
        before: [
          'Write a fetch wrapper in TypeScript',
          `\`\`\`ts\nexport async function get(url: string) { const r = await fetch(url); return r.json(); }\n\`\`\``,
        ],
      },
    ],
    [
      'premium',
      'I do not see why the third step follows. Can you justify it rigorously?',
      {
        before: [
          'Prove that every finite integral domain is a field',
          'Let a be non-zero. The map x -> ax is injective, hence surjective on a finite set; so there is x with ax = 1.',
        ],
      },
    ],
    [
      'standard',
      'Which one would you pick for a team of three?',
      { before: ['Compare React, Vue and Svelte for a dashboard', PROSE.repeat(6)] },
    ],
    [
      'economy',
      'ok and what time is that in Tokyo?',
      { before: ['When does the match start in London?', 'At 15:00.'] },
    ],
  ]),
  ...labelled('long and plain', [
    ['standard', 'Answer the questions at the end from the text above only.', { below: [PROSE, 60_000] }],
    [
      'standard',
      'Clean up this transcript: remove filler words, add punctuation, keep the speakers.',
      { below: [PROSE, 25_000] },
    ],
    ['economy', 'Does the text mention a roof? yes or no', { below: [PROSE, 6_000] }],
    ['economy', 'Correct the spelling, change nothing else.', { below: [PROSE, 3_000] }],
    [
      'standard',
      'Write release notes from these commit messages, grouped by area, in plain words for users.',
      { below: [PROSE, 7_000] },
    ],
  ]),
];
