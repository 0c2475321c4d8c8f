/**
 * The name as the IANA list writes it (`asia/seoul` → `Asia/Seoul`); as given where Intl does not list it, which is so for
 * names that it counts as aliases (`Asia/Kolkata`): what the member chose is kept.
 */
export function properTimeZone(text: string): string {
  const wanted = text.trim();
  return (
    Intl.supportedValuesOf('timeZone').find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted
  );
}
