/**
 * What calls for thought, in the words people use for it, in English, German, French, Spanish, Chinese and Japanese. In the
 * lists a word stands for itself ("prove" is not in "improve"), with a star for all words that begin so ("vulnerabilit*").
 * Chinese and Japanese know no spaces: their words are found anywhere.
 */

export interface WordGroup {
  /** For the trace; completes "The call looks premium: ...". */
  readonly reason: string;
  readonly words: WordList;
}

export interface WordList {
  /** Single words. */
  readonly whole: readonly string[];
  /** Beginnings of words and several words, with their spaces. */
  readonly within: readonly { readonly text: string; readonly start: string }[];
  /** What is written without spaces. */
  readonly unspaced: readonly string[];
}

/** So many letters tell whether a longer search is worth while. */
export const START_LENGTH = 3;

/** One of these is enough: no small model does it well. */
export const PROOFS: WordGroup = {
  reason: 'asks for a proof',
  words: words(`
    prove, proves, proving, proof, proofs, disprove, beweise, beweis, beweisen, widerlege, démontre*,
    prouve*, preuve, demuestra*, demuestre*, demostrar, demostración, 证明, 證明, 証明
  `),
};

/** Hard work, one group at a time: one of them may be said lightly, two rarely are. */
export const HARD: readonly WordGroup[] = [
  {
    reason: 'asks to derive something',
    words: words(`work out, establish, construct a, variational, 
      derive, derivation of, from first principles, herleit*, leite, déduis, déduire, dérive, deduce,
      deriva, 推导, 推導, 導出
    `),
  },
  {
    reason: 'asks for an analysis',
    words: words('analyse*, analyze*, analysis, analysiere*, analiza*, análisis, 分析, 解析, 考察'),
  },
  {
    reason: 'asks for an assessment',
    words:
      words(`criticise, criticize, kritisier*, critica, convincing, persuasive, argue, argument*, causal, confound*, quantif*, reconstruct, 论证, 論証, evidence, discuss, discute, diskutiere, erörtere, 讨论, 議論, 論じ, 
      evaluate, assess*, critique, critically, as a referee, bewerte, beurteile, évalue*, evalúa*, evaluar,
      评估, 評価
    `),
  },
  {
    reason: 'asks for a design',
    words: words(`
      architecture, architektur, arquitectura, system design, design a, design an, design and, redesign,
      entwirf, conçois, diseña, 架构, 架構, 设计, 設計, アーキテクチャ
    `),
  },
  {
    reason: 'weighs one thing against another',
    words: words(`without changing, guarantee*, invariant*, constraint*, hypotheses, 
      trade off*, tradeoff*, consistency, konsistenz*, cohérence, consistencia, failure modes, compromis,
      wäge, weigh, edge cases, 权衡, 取舍, トレードオフ
    `),
  },
  {
    reason: 'is about concurrency or a distributed system',
    words:
      words(`failover, quorum, stale, replica*, idempoten*, replication, nodes, cluster*, consensus, exactly once, partition*, throughput, scheduler, 
      race condition*, deadlock*, interleaving*, concurren*, lock free, linearizab*, distributed,
      verteilt*, nebenläufig*, distribué*, distribuid*, concurrencia, 分布式, 并发, 分散, 並行
    `),
  },
  {
    reason: 'looks for a root cause',
    words: words(`
      root cause*, memory leak*, leaks, corrupt*, intermittent*, flaky, once a week, grundursache*,
      ursache, cause racine, causa raíz, 根本原因, 原因を
    `),
  },
  {
    reason: 'is about security',
    words: words(`attack*, adversar*, secure, threat*, angriff*, attaque*, ataque*, 攻击, 攻撃, 
      vulnerabilit*, exploit*, threat model*, security review, security audit, cryptograph*,
      sicherheitslück*, vulnérabilit*, vulnerabilidad*, 漏洞, 脆弱性
    `),
  },
  {
    reason: 'rebuilds a larger whole',
    words:
      words(`interpreter, reversible, rollback, all packages, downtime, the whole, entire, across all, all services, backwards compatib*, coverage, 
      refactor*, migrate, migration, refaktor*, migrier*, migrer, migrar, compiler, event sourcing,
      end to end, 重构, 迁移, リファクタ, 移行
    `),
  },
  {
    reason: 'looks for the best of all solutions',
    words: words(`
      optimal*, optimise, optimize, complexity, np hard, equilibri*, gleichgewicht*, komplexität*, óptim*,
      équilibre, 最优, 最適, 复杂度, 計算量
    `),
  },
  {
    reason: 'is a question of law',
    words:
      words(`precedent*, antitrust, regulator*, compliance, merger, tax, taxes, steuerrecht*, court*, clause*, contract law, negotiat*, gericht*, tribunal, 
      legal, liabilit*, jurisdiction*, case law, copyright*, licence agreement*, license agreement*, gdpr,
      rechtslage, rechtlich*, rechtsprechung, juridique*, jurídic*, 法律, 法的
    `),
  },
  {
    reason: 'is a question of science or medicine',
    words:
      words(`stability, estabilidad, stabilité, stabilität, simulation, patient*, quantum, energy, thermodynam*, molecul*, 物理, 量子, 
      differential diagnosis, diagnosis, hypothes*, statistical, methodology, clinical trial,
      systematic error*, hypothèse*, hipótesis, diagnos*, 假设, 诊断, 仮説, 診断
    `),
  },
  {
    reason: 'asks for a strategy',
    words: words(`risk*, risque*, risiko, risiken, riesgo*, systemic*, systémique*, 风险, リスク, 
      strateg*, stratég*, estrateg*, risk assessment, second order, scenario*, business model*,
      financial model*, szenari*, 战略, 戦略
    `),
  },
  {
    reason: 'asks for careful thought',
    words: words(`
      step by step, carefully, thoroughly, rigorous*, reason about, in depth, justify, schritt für schritt,
      gründlich, begründe, étape par étape, justifie, rigour*, paso a paso, justifica, 一步一步, 逐步, 仔细, 段階的,
      ステップ
    `),
  },
  {
    reason: 'asks to show why something holds',
    words: words(
      'zeige, show that, show why, zeige dass, montre que, montrer que, muestra que, 说明为什么, を示せ, を示して',
    ),
  },
  {
    reason: 'is mathematics beyond arithmetic',
    words: words(`bound, manifold*, gruppe der, group of order, polynomial*, matrix, matrices, 
      theorem, lemma, olympiad, convex, topolog*, homeomorphi*, bijecti*, lipschitz, integer solutions,
      differential equation*, eigenvalue*, satz, théorème, teorema, 定理, 任意
    `),
  },
];

/** Ordinary work: more than a look-up, less than research. */
export const ORDINARY: readonly WordGroup[] = [
  {
    reason: 'asks for an explanation',
    words: words('explain*, describe what, erklär*, expliqu*, explica*, 解释, 解釋, 说明, 説明'),
  },
  {
    reason: 'asks for a comparison',
    words: words(`
      compare, comparison, difference*, differ, differs, pros and cons, which of these, vergleich*,
      unterschied*, compar*, différence, diferencia, 比较, 比較, 区别, 違い
    `),
  },
  {
    reason: 'asks why, or what is wrong',
    words: words(`
      why, debug*, error, errors, bug, bugs, fix, exception*, fails, wrong, slow, warum, fehler*, behebe*,
      pourquoi, corrige*, erreur*, por qué, arregla*, 为什么, 错误, なぜ, エラー, 修正
    `),
  },
  {
    reason: 'asks for a plan',
    words: words('plan, schedule, roadmap, agenda, itinerary, planifi*, zeitplan, 计划, 計画'),
  },
  {
    reason: 'asks for a calculation',
    words: words(`
      show the working, probability, derivative, integral, equation*, calculate, how long do, who pays,
      wahrscheinlichkeit*, berechne, probabilité, calcule, probabilidad, 概率, 计算, 確率, 計算
    `),
  },
];

/** Each adds a little. */
export const WRITING: WordGroup = {
  reason: 'asks for a text',
  words: words('write, draft, compose, schreib*, verfasse*, écris, rédige*, escrib*, redacta, 写, 書い, 書き'),
};

export const PROGRAMMING: WordGroup = {
  reason: 'is about code',
  words: words(`
    function*, class, unit test*, tests, test suite, script, query*, sql, docker*, workflow, endpoint*,
    api, module*, typescript, javascript, python, rust, golang, algorithm*, implement*, async,
    type hints, funktion*, fonction*, función*, prueba*, 函数, 代码, 関数, コード, テスト
  `),
};

/** Small jobs that small models do well. */
export const SMALL: WordGroup = {
  reason: 'is a small job',
  words: words(`
    translate, translation, übersetz*, tradui*, traduc*, 翻译, 翻訳, synonym*, one word, one sentence,
    two sentences, a sentence, yes or no, une phrase, ein satz, einem satz, una frase, shorten*, shorter,
    kürzer, plus court, grammar, spelling, rechtschreib*, orthograph*, ortograf*, title, bullet,
    stichpunkt*, tl dr, convert, rename, sort, count, tags, subject line, joke, witz, blague, chiste,
    classify, label, extract, what language, capital of, spell, positive or negative
  `),
};

/** The whole of a message that wants nothing more than a word back. */
export const PLEASANTRIES: ReadonlySet<string> = new Set(
  split(`
    hi, hello, hey, hi there, ok, okay, yes, no, sure, thanks, thank you, great, cool, good morning,
    danke, hallo, ja, nein, guten morgen, merci, bonjour, oui, non, gracias, hola, sí, si, 谢谢, 你好, 好的,
    ありがとう, こんにちは, はい
  `),
);

function words(list: string): WordList {
  const all = split(list);
  const unspaced = all.filter((word) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word));
  const spaced = all.filter((word) => !unspaced.includes(word));
  const whole = spaced.filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
  const within = spaced
    .filter((word) => !whole.includes(word))
    .map((word) => ({ text: word.endsWith('*') ? ` ${word.slice(0, -1)}` : ` ${word} `, start: startOf(word) }));
  return { whole, within, unspaced };
}

/** The first letters of a word or phrase; a shorter first word counts whole. */
function startOf(phrase: string): string {
  return (phrase.split(/[ *]/)[0] ?? '').slice(0, START_LENGTH);
}

function split(list: string): readonly string[] {
  return list.split(',').map((word) => word.trim());
}
