/** Points the bot's lookups at the services that stand below `upstreamUrl` of a sandbox. */
export function upstreamEnvironment(upstreamUrl: string) {
  return {
    OPEN_METEO_GEOCODING_URL: `${upstreamUrl}/open-meteo-geocoding`,
    OPEN_METEO_URL: `${upstreamUrl}/open-meteo`,
    GITHUB_API_URL: `${upstreamUrl}/github`,
    WIKIPEDIA_URL: `${upstreamUrl}/wikipedia/{lang}`,
    DICTIONARY_URL: `${upstreamUrl}/dictionary`,
    RATES_URL: `${upstreamUrl}/rates`,
  };
}
