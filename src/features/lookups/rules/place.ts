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

/** The first of `places` (the largest) that bears every part of `text`: `Paris, Texas` is not the one in France. */
export function choosePlace<Place extends Named>(text: string, places: readonly Place[]): Place | undefined {
  const wanted = text.split(',').slice(1).map(folded).filter(Boolean);
  return places.find((place) => {
    const label = folded(placeLabel(place));
    return wanted.every((part) => label.includes(part));
  });
}

/** Without accents and capitals. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
