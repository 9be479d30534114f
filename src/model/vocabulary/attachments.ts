import type { EngineName } from './engines.js';

/** The names of all attachments. */
export const attachmentNames = [
  'serviceAccount',
  'podTemplate',
  'podPolicy',
  'serviceAccountPolicy',
  'patcher',
  'node',
] as const;

export type AttachmentName = (typeof attachmentNames)[number];

/** How a pod comes to use a pull secret, options filled in. */
export type Attachment =
  | { readonly name: 'serviceAccount' | 'podTemplate' | 'node' }
  | ({ readonly name: 'podPolicy' } & PolicyOptions)
  | ({ readonly name: 'serviceAccountPolicy'; readonly accounts: AccountSelection } & PolicyOptions)
  | { readonly name: 'patcher'; readonly accounts: AccountSelection };

/** The engine of a policy, and what it was told. */
interface PolicyOptions {
  readonly engine: EngineName;
  /** Set with engine native where v1 is not wanted. */
  readonly apiVersion: 'v1beta1' | undefined;
}

/** Which service accounts of a namespace a policy or the patcher reaches. */
export interface AccountSelection {
  readonly patterns: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** The purpose of a policy that attaches. */
export type AttachingPurpose = 'pods' | 'accounts';

/** Facts of an attachment. */
export interface AttachmentRow {
  /** Whose lists name the pull secret; undefined where no list needs to. */
  readonly lists: 'accounts' | 'templates' | 'pods' | undefined;
  /**
   * The purpose of what writes the lists in the cluster, `copy` being what also copies; undefined where Git holds them.
   */
  readonly purpose: AttachingPurpose | 'copy' | undefined;
}

/** The table of attachments. What writes their objects is in `objects/attachments`. */
export const attachments: Readonly<Record<AttachmentName, AttachmentRow>> = {
  serviceAccount: { lists: 'accounts', purpose: undefined },
  podTemplate: { lists: 'templates', purpose: undefined },
  podPolicy: { lists: 'pods', purpose: 'pods' },
  serviceAccountPolicy: { lists: 'accounts', purpose: 'accounts' },
  patcher: { lists: 'accounts', purpose: 'copy' },
  node: { lists: undefined, purpose: undefined },
};

/** A pull secret with its attachment. */
interface Attached {
  readonly attachment: Attachment;
}

/** Looks up the attachment of a pull secret. */
export function attachmentOf({ attachment }: Attached): AttachmentRow {
  return attachments[attachment.name];
}

/** The accounts to whose lists a policy or the patcher appends; undefined with another attachment. */
export function accountsOf({ attachment }: Attached): AccountSelection | undefined {
  return 'accounts' in attachment ? attachment.accounts : undefined;
}

/** The version of the policy that attaches, where v1 is not wanted. */
export function apiVersionOf({ attachment }: Attached): 'v1beta1' | undefined {
  return 'apiVersion' in attachment ? attachment.apiVersion : undefined;
}

/** The engine of a policy that attaches; undefined with another attachment. */
export function engineOf({ attachment }: Attached): EngineName | undefined {
  return 'engine' in attachment ? attachment.engine : undefined;
}
