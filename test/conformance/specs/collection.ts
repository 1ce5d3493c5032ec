/** Everything that was sent to clients, with its faults, and the table of it. */
import { amend, type Departure } from './amend.ts';
import { type Emitted, SCHEMAS } from './clients.ts';
import { DEPARTURES } from './departures.ts';
import { DESCRIPTION_NAMES, type DescriptionName, readDescription, type Schemas } from './descriptions.ts';
import { createValidator, type Validator } from './validator.ts';

export interface Collected extends Emitted {
  readonly description: DescriptionName;
  readonly origin: string;
}

export class Collection {
  readonly #schemas: Readonly<Record<DescriptionName, Schemas>>;
  readonly #validators: Readonly<Record<DescriptionName, Validator>>;
  readonly documents: Collected[] = [];

  constructor() {
    this.#schemas = byName(readDescription);
    this.#validators = byName((name) => this.validatorWith(name, DEPARTURES));
  }

  validatorWith(name: DescriptionName, departures: readonly Departure[]): Validator {
    const own = departures.filter(({ description }) => description === name);
    return createValidator(amend(this.#schemas[name], own), SCHEMAS[name]);
  }

  /** Returns the faults, each with its origin, and the same one once. */
  add(description: DescriptionName, origin: string, emitted: readonly Emitted[]): string[] {
    const faults = new Set<string>();
    for (const document of emitted) {
      this.documents.push({ ...document, description, origin });
      for (const problem of this.problems(description, document)) faults.add(`${origin}: ${document.kind}: ${problem}`);
    }
    return [...faults];
  }

  problems(description: DescriptionName, { schema, document }: Emitted): string[] {
    return this.#validators[description].problems(schema, document);
  }

  /** Description, schema (and event) and how many documents were held to it. */
  table(): string[] {
    const counts = new Map<string, number>();
    for (const { description, kind } of this.documents) {
      const row = `${description.padEnd(10)} ${kind}`;
      counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    return [...counts].sort().map(([row, count]) => `  ${row.padEnd(72)} ${count}`);
  }
}

function byName<T>(make: (name: DescriptionName) => T): Readonly<Record<DescriptionName, T>> {
  return Object.fromEntries(DESCRIPTION_NAMES.map((name) => [name, make(name)])) as Record<DescriptionName, T>;
}
