import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The files of an authority and of a server of 127.0.0.1 that it signed, good for a day. */
export async function makeCertificates(directory: string): Promise<Certificates> {
  const at = (name: string) => path.join(directory, name);
  const newKey = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-x509', '-days', '1', '-subj', '/CN=Test authority'];
  await openssl([...newKey, ...authority, '-keyout', at('ca.key'), '-out', at('ca.pem')]);
  await openssl([...newKey, '-subj', '/CN=redis', '-keyout', at('redis.key'), '-out', at('redis.csr')]);
  await writeFile(at('names'), 'subjectAltName=IP:127.0.0.1');
  const signed = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '1',
    '-extfile',
    at('names'),
  ];
  await openssl(['x509', '-req', '-in', at('redis.csr'), ...signed, '-out', at('redis.pem')]);
  return { ca: at('ca.pem'), cert: at('redis.pem'), key: at('redis.key') };
}

async function openssl(args: readonly string[]): Promise<void> {
  await promisify(execFile)('openssl', args);
}
