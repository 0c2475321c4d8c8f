import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export type Certificate = { readonly certificate: string; readonly key: string };

/** Tags of ASN.1's DER (X.690), as far as a certificate needs them. */
const tags = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  text: 0x0c,
  time: 0x17,
  list: 0x30,
  set: 0x31,
} as const;
/** The object identifiers 1.3.101.112 (Ed25519), 2.5.4.3 (common name) and 2.5.29.17 (subject alternative name), encoded. */
const ed25519 = der(tags.list, Buffer.from('06032b6570', 'hex'));
const commonName = Buffer.from('0603550403', 'hex');
const alternativeName = Buffer.from('0603551d11', 'hex');

/** A self-signed certificate for 127.0.0.1, good for a day: Node makes keys but no certificates, and `openssl` may be absent. */
export function selfSignedCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const name = list(der(tags.set, list(commonName, der(tags.text, Buffer.from('sandbox')))));
  const loopback = list(der(0x87, Buffer.from([127, 0, 0, 1])));
  const body = list(
    der(0xa0, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ed25519,
    name,
    list(utcTime(-3_600_000), utcTime(86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, list(list(alternativeName, der(tags.octets, loopback)))),
  );
  const certificate = list(body, ed25519, der(tags.bits, Buffer.from([0]), sign(null, body, privateKey)));
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function list(...items: Buffer[]): Buffer {
  return der(tags.list, ...items);
}

function utcTime(offsetMs: number): Buffer {
  const digits = new Date(Date.now() + offsetMs).toISOString().replaceAll(/\D/g, '');
  return der(tags.time, Buffer.from(`${digits.slice(2, 14)}Z`));
}

/** Tag, length, contents; from 128 bytes on the length says first in how many bytes it is written. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const { length } = Buffer.concat(contents);
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), ...contents]);
}
