/** Texts that people write where a credential belongs. */
const usual = new Set(
  ['pass', 'passwd', 'password', 'mypassword', 'yourpassword', 'secret', 'token', 'apikey', 'changeme', 'replaceme']
    .concat(['example', 'redacted', 'placeholder', 'dummy', 'none', 'null', 'true', 'false', 'todo', 'fixme', 'base64'])
    .concat(['string', 'value', 'credentials', 'encryptedpassword']),
);

/** True for a text that stands for a credential and is none: a template, a variable, what a reader is to put there. */
export function isPlaceholder(text: string): boolean {
  const isTemplate = /\{\{|\$\{|\$\(|\$[A-Za-z_]|^<[^>]*>?$|^%[\w-]+%?$|^@[A-Za-z_]+@$|^\[\[/.test(text);
  const isNothing = /\*{3,}|\.{3,}|\u2026|[xX]{6,}|EXAMPLE|REDACTED|PLACEHOLDER|CHANGE.?ME|REPLACE.?ME/.test(text);
  const isSample = /sample|example|dummy/i.test(text);
  const isAsked = /^(?:my|your|the|some|insert|put|enter)[-_ ][\w -]*$/i.test(text);
  const isEven = text.length > 8 && new Set(text).size <= 3;
  return (
    isTemplate || isNothing || isSample || isAsked || isEven || usual.has(text.toLowerCase().replace(/[-_ ]/g, ''))
  );
}
