import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request that the API server answered. */
export interface AuditedRequest {
  /** Who asked, with impersonation the one who is impersonated. */
  readonly user: string;
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
}

interface AuditEvent {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly impersonatedUser?: { readonly username: string };
  readonly objectRef?: { readonly resource?: string; readonly namespace?: string; readonly name?: string };
  readonly responseStatus?: { readonly code?: number };
}

const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata', resources: [{ group: '', resources: ['secrets', 'serviceaccounts'] }] }],
};

/** Flags of an API server that logs what is asked of Secrets and service accounts, without their contents. */
export function auditFlags(folder: string): string[] {
  const file = join(folder, 'audit-policy.json');
  writeFileSync(file, JSON.stringify(policy));
  return [`--audit-policy-file=${file}`, `--audit-log-path=${logFile(folder)}`];
}

/** The audit log of an API server that runs with {@link auditFlags}. */
export class AuditLog {
  constructor(private readonly folder: string) {}

  /** All requests so far, in the order of their answers. A line that is still being written is left out. */
  requests(): AuditedRequest[] {
    const file = logFile(this.folder);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => requestOf(JSON.parse(line) as AuditEvent));
  }
}

function logFile(folder: string): string {
  return join(folder, 'audit.log');
}

function requestOf({ verb, user, impersonatedUser, objectRef, responseStatus }: AuditEvent): AuditedRequest {
  return {
    user: (impersonatedUser ?? user).username,
    verb,
    resource: objectRef?.resource ?? '',
    namespace: objectRef?.namespace,
    name: objectRef?.name,
    status: responseStatus?.code ?? 0,
  };
}
