import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

// SCRAM-SHA-256 as PostgreSQL speaks it: RFC 5802 and 7677.

/** PostgreSQL's default of `scram_iterations`. */
const iterations = 4096;

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * What PostgreSQL keeps of a password, and PgBouncer's auth_file too. PgBouncer can log in to the server with what a
 * client proves to it only if both hold this very text: same salt, same iterations (pgbouncer.ini(5), "Authentication file format").
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const { clientKey, serverKey } = keysOf(password, salt);
  const stored = sha256(clientKey).toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${serverKey.toString('base64')}`;
}

function keysOf(password: string, salt: Buffer): { clientKey: Buffer; serverKey: Buffer } {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  return { clientKey: hmac(salted, 'Client Key'), serverKey: hmac(salted, 'Server Key') };
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
