export interface Named {
  readonly name: string;
  readonly admin1?: string | undefined;
  readonly country?: string | undefined;
}

/** `Paris, Texas, United States`; a city that is called like its state is named once. */
export function placeLabel({ name, admin1, country }: Named): string {
  const parts = [name, admin1, country].filter((part) => part !== undefined && part !== '');
  return [...new Set(parts)].join(', ');
}

/** What of `Paris, Texas` is searched for: the name alone, since the service knows no others. */
export function searchedName(text: string): string {
  return (text.split(',')[0] ?? '').trim();
}

/**
 * Of `places`, the service's first choice first, one that bears every part of `text`: `Paris, Texas` is not the one in France. Those
 * that are called just so come before those whose names have it in them: `York` before `New York`, `Virginia` before `West Virginia`. A
 * first choice with another name is known by the one that was typed, in another language: `Munich` is München, not the one in North Dakota.
 */
export function choosePlace<Place extends Named>(text: string, places: readonly Place[]): Place | undefined {
  const [name = '', ...parts] = text.split(',').map(folded);
  const wanted = parts.filter(Boolean);
  const fitting = places.filter((place) => {
    const label = folded(placeLabel(place));
    return wanted.every((part) => label.includes(part));
  });
  const isNamed = (place: Place) => folded(place.name) === name;
  const isWithin = ({ admin1 = '', country = '' }: Place) =>
    wanted.every((part) => [admin1, country].map(folded).includes(part));
  const [first] = fitting;
  if (first === undefined || !folded(first.name).includes(name)) return first;
  return fitting.find((place) => isNamed(place) && isWithin(place)) ?? fitting.find(isNamed) ?? first;
}

/** Without accents and capitals. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
