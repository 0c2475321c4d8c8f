import { percentDecoded } from './percent-decoded.ts';

/**
 * `name=value,name=value`, values percent-encoded (OpenTelemetry, "OTLP Exporter", "Specifying headers"), by names in lower case;
 * `undefined` for anything else.
 */
export function parseHeaderList(text: string): Readonly<Record<string, string>> | undefined {
  const headers: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const [, name = '', encoded = ''] = /^\s*([^\s=]+)\s*=(.*)$/s.exec(pair) ?? [];
    const value = percentDecoded(encoded.trim());
    // What a request may carry (RFC 9110, 5.1 and 5.5).
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || value === undefined || !/^[ -~]+$/.test(value))
      return undefined;
    headers[name.toLowerCase()] = value;
  }
  return headers;
}
