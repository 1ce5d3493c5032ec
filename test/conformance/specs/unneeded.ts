/** Departures that nothing we send depends on any more, member by member: they would hide the next fault. */
import type { Departure } from './amend.ts';
import type { Collection } from './collection.ts';
import { DEPARTURES } from './departures.ts';

export function unneededOf(collection: Collection): string[] {
  // Only what fails without any departure can fail without one of them.
  const strict = new Map(DEPARTURES.map(({ description }) => [description, collection.validatorWith(description, [])]));
  const concerned = collection.documents.filter(
    ({ description, schema, document }) => (strict.get(description)?.problems(schema, document).length ?? 0) > 0,
  );
  return DEPARTURES.flatMap((departure) =>
    lesserOf(departure).flatMap(({ member, rest }) => {
      const others = DEPARTURES.map((other) => (other === departure ? rest : other));
      const validator = collection.validatorWith(departure.description, others);
      const needed = concerned.some(
        ({ description, schema, document }) =>
          description === departure.description && validator.problems(schema, document).length > 0,
      );
      return needed ? [] : [`${departure.schemas[0]}: ${member}: ${departure.because}`];
    }),
  );
}

/** The departure without each one of its members. */
function lesserOf(departure: Departure): { member: string; rest: Departure }[] {
  const { adds = {}, replaces = {}, optional = [] } = departure;
  return [...Object.keys(adds), ...Object.keys(replaces), ...optional].map((member) => ({
    member,
    rest: {
      ...departure,
      adds: without(adds, member),
      replaces: without(replaces, member),
      optional: optional.filter((name) => name !== member),
    },
  }));
}

function without<T>(record: Readonly<Record<string, T>>, member: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== member));
}
