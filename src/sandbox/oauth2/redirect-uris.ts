import { exitCodes } from '../../lib/exit-codes.ts';
import { Failure } from '../../lib/failure.ts';

/** Throws a `Failure` (exit 64) for an address that an application could not register. */
export function checkRedirectUris(uris: readonly string[]): void {
  for (const uri of uris) {
    if (/^https?:\/\/[^#\s]+$/.test(uri) && URL.canParse(uri)) continue;
    throw new Failure(
      `--redirect-uri must be an http or https address without a fragment, not ${JSON.stringify(uri)}`,
      exitCodes.usage,
    );
  }
}

/** `uri`, which may carry a query of its own, with `parameters` behind it. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}`;
}
