/** Code, SQL, shells, and steps of agents. */
import { LOG, labelled, PYTHON, TYPESCRIPT } from './labelled.ts';

const AGENT =
  'You are a coding agent. You work in the repository of the user with the tools given. Think before you act, keep changes small, run the tests.';

export const CODE = [
  ...labelled('small code', [
    ['economy', 'What does `git stash pop` do?'],
    ['economy', 'How do I undo the last commit in git?'],
    ['economy', 'Regex for a date like 2026-01-31?'],
    ['economy', 'Format this JSON: {"a":1,"b":[2,3]}'],
    ['economy', 'Rename the variable x to count in: for x in range(10): print(x)'],
    ['economy', 'What is the shell command to list files by size?'],
    ['economy', 'python: how to reverse a list'],
    ['economy', 'Write a commit message for: fixed typo in readme'],
    ['standard', 'Write a Python function that merges overlapping intervals, with tests.'],
    ['standard', 'Write a TypeScript debounce with a maximum wait and a cancel method.'],
    [
      'standard',
      'Convert this function to async/await:\n```js\nfunction load(cb) { fs.readFile("a.json", (err, data) => { if (err) return cb(err); cb(null, JSON.parse(data)); }); }\n```',
    ],
    [
      'standard',
      'Why does this print undefined?\n```js\nconst o = { n: 1, f: () => this.n };\nconsole.log(o.f());\n```',
    ],
    [
      'standard',
      'Fix the error: TypeError: Cannot read properties of undefined (reading "map") at List (List.tsx:12:18)\n```tsx\nexport function List({ items }) { return <ul>{items.map((i) => <li>{i}</li>)}</ul>; }\n```',
    ],
    ['standard', 'Write a Dockerfile for a Node service with a multi-stage build and a non-root user.'],
    ['standard', 'Write unit tests for this class.', { below: [PYTHON, 800] }],
    ['standard', 'Explain what this code does, line by line.', { below: [TYPESCRIPT, 600] }],
    ['standard', 'Add type hints and docstrings.', { below: [PYTHON, 1_500] }],
    [
      'standard',
      'Schreibe eine Funktion in Go, die eine Datei zeilenweise liest und die häufigsten zehn Wörter ausgibt.',
    ],
    ['standard', 'Écris une fonction Python qui valide un IBAN, avec des tests.'],
    [
      'standard',
      'Escribe un script de bash que haga una copia de seguridad de un directorio y conserve las últimas siete.',
    ],
    ['standard', '用 Python 写一个函数，读取 CSV 文件并按列计算平均值。'],
    ['standard', 'Rust でファイルを一行ずつ読んで、単語の頻度を数える関数を書いてください。'],
    ['standard', 'Write a GitHub Actions workflow that runs the tests on three Node versions and caches npm.'],
    ['standard', 'Port this from Python to Rust.', { below: [PYTHON, 1_200] }],
  ]),
  ...labelled('sql', [
    [
      'standard',
      'SELECT the ten customers with the highest revenue in 2025, with their share of the total. Tables: orders(id, customer_id, total, created_at), customers(id, name).',
    ],
    ['standard', 'Write a SQL query with a window function for the running total per account by day.'],
    [
      'standard',
      'Why is this query slow and which index helps?\nSELECT * FROM events WHERE date(created_at) = "2026-01-01" ORDER BY id DESC LIMIT 50;',
    ],
    ['economy', 'SQL: how do I rename a column in Postgres?'],
    [
      'standard',
      'Turn this into a single UPDATE with a join: for each order set status to paid where a payment row exists.',
    ],
    [
      'premium',
      'Our Postgres deadlocks under load. Here are two transactions and the lock log; find the cycle, prove that it can happen, and redesign the locking so that it cannot, without losing throughput.',
      { below: [LOG, 3_000] },
    ],
  ]),
  ...labelled('hard code', [
    [
      'premium',
      'Refactor this module into a plugin architecture: the stores become interchangeable, migrations must run without downtime, and the public API stays as it is. Plan first, then give every file.',
      { below: [TYPESCRIPT, 12_000] },
    ],
    [
      'premium',
      'There is a race condition somewhere in this connection pool that shows once a week in production. Analyse all interleavings and find the root cause.',
      { below: [TYPESCRIPT, 9_000] },
    ],
    [
      'premium',
      'Review this code for security vulnerabilities: injection, timing attacks, memory safety. For each, give an exploit scenario and a fix.',
      { below: [TYPESCRIPT, 10_000] },
    ],
    [
      'premium',
      'Design a distributed rate limiter for 200k requests per second over five regions. Discuss consistency trade-offs, failure modes and clock skew, and compare at least three algorithms.',
    ],
    ['premium', 'Implement a lock-free multi-producer multi-consumer queue in C++20 and prove its linearizability.'],
    [
      'premium',
      'Our service leaks about 40 MB an hour. Below is the heap diff and the code. Find the root cause and explain step by step how you got there.',
      { below: [TYPESCRIPT, 8_000] },
    ],
    [
      'premium',
      'Write a compiler for a small functional language to WebAssembly: lexer, parser, Hindley-Milner type inference, code generation. Complete code.',
    ],
    [
      'premium',
      'Entwirf die Architektur eines Abrechnungssystems mit doppelter Buchführung für 10.000 Buchungen pro Sekunde; begründe die Wahl der Datenbank, das Konsistenzmodell und den Umgang mit Ausfällen.',
    ],
    [
      'premium',
      'Migrate this monolith to event sourcing: define the aggregates, events and projections, and a migration plan without downtime.',
      { below: [TYPESCRIPT, 15_000] },
    ],
    [
      'premium',
      'Optimise this algorithm from O(n^3) to O(n log n) or prove that it cannot be done.',
      { below: [PYTHON, 2_500] },
    ],
    ['premium', '设计一个跨地域的分布式数据库架构，分析一致性与可用性的权衡，并证明你的复制协议是正确的。'],
    [
      'premium',
      'Conçois l’architecture d’une plateforme de paiement multi-région : modèle de cohérence, tolérance aux pannes, plan de migration, et justifie chaque compromis.',
    ],
    ['standard', 'Split this file into two modules by concern.', { below: [TYPESCRIPT, 3_000] }],
    ['standard', 'Add pagination to this endpoint and update its test.', { below: [TYPESCRIPT, 2_000] }],
  ]),
  ...labelled('agents', [
    ['standard', 'Add a --verbose flag to the CLI and mention it in the README.', { system: AGENT, tools: 8 }],
    ['standard', 'Run the tests and fix what fails.', { system: AGENT, tools: 10, toolSteps: 3 }],
    ['standard', 'Rename getUser to findUser everywhere.', { system: AGENT, tools: 8 }],
    ['standard', 'Where is the retry logic of the HTTP client?', { system: AGENT, tools: 10 }],
    [
      'standard',
      'Update the dependencies and see whether the build still passes.',
      { system: AGENT, tools: 12, toolSteps: 2 },
    ],
    ['standard', 'The date picker shows the wrong month in the footer. Please fix.', { system: AGENT, tools: 9 }],
    [
      'standard',
      'Book a table for four on Friday at seven, anywhere near the station.',
      { system: 'You are a concierge.', tools: 5 },
    ],
    ['economy', 'What is the weather in Oslo?', { tools: 1 }],
    ['economy', 'Set a timer for ten minutes', { tools: 3 }],
    ['economy', 'Turn off the lights in the kitchen', { system: 'You control a smart home.', tools: 4 }],
    ['economy', 'Add milk to the shopping list', { tools: 2 }],
    [
      'standard',
      'Find flights from Vienna to Lisbon in May under 200 euros, compare three and put the best into my calendar.',
      { tools: 6 },
    ],
    [
      'standard',
      'Check my inbox for invoices of this month, add them up by supplier and write a draft to the accountant.',
      { tools: 7 },
    ],
    [
      'premium',
      'Refactor the whole payment module to the new API across all services, keep backwards compatibility, migrate the data, and make the test suite pass.',
      { system: AGENT, tools: 14, toolSteps: 8 },
    ],
    [
      'premium',
      'Find out why the nightly job corrupts the index about once a month, and fix the root cause. Do not just add a retry.',
      { system: AGENT, tools: 14, toolSteps: 6 },
    ],
    [
      'premium',
      'Plan and carry out the migration of this repository from JavaScript to strict TypeScript, in steps that each pass the tests.',
      { system: AGENT, tools: 15 },
    ],
    [
      'premium',
      'Investigate the security report in issue 812, reproduce the vulnerability, and design a fix that does not break the plugin API.',
      { system: AGENT, tools: 12, toolSteps: 4 },
    ],
    [
      'premium',
      'Design and implement offline sync with conflict resolution for the notes app; start with a written architecture.',
      { system: AGENT, tools: 12 },
    ],
    [
      'standard',
      'continue',
      {
        system: AGENT,
        tools: 12,
        toolSteps: 5,
        before: ['Add a test for the parser', 'I will look at the parser first.'],
      },
    ],
    ['standard', 'Format all files with prettier and commit.', { system: AGENT, tools: 8 }],
  ]),
];
