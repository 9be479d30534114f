/** A credential that a run was given. */
export interface KnownCredential {
  readonly username: string;
  readonly password: string;
}

/** As short as a password may be to be looked for: a shorter one stands somewhere by chance. */
const shortest = 6;

/** The length of what finds a form among many. */
const probe = shortest;

/** As many forms are looked for one by one. */
const few = 64;

/** The passwords that a run was given, and the forms in which they must stand nowhere. */
export class KnownCredentials {
  /** The password of each form. */
  readonly #forms: ReadonlyMap<string, string>;
  /** The forms by their beginnings, where there are many. */
  readonly #byBeginning = new Map<string, string[]>();
  /** Marks of how these beginnings begin: most of a text is told apart by them, without a piece cut out of it. */
  readonly #marks = new Uint8Array(1 << 16);

  private constructor(forms: ReadonlyMap<string, string>) {
    this.#forms = forms;
    for (const form of forms.size > few ? forms.keys() : []) {
      const beginning = form.slice(0, probe);
      this.#marks[markAt(form, 0)] = 1;
      this.#byBeginning.set(beginning, [...(this.#byBeginning.get(beginning) ?? []), form]);
    }
  }

  static readonly none = new KnownCredentials(new Map());

  static of(credentials: readonly KnownCredential[]): KnownCredentials {
    const forms = new Map<string, string>();
    for (const { username, password } of credentials)
      for (const form of formsOf(username, password)) forms.set(form, password);
    return forms.size === 0 ? KnownCredentials.none : new KnownCredentials(forms);
  }

  /** These and more. */
  and(credentials: readonly KnownCredential[]): KnownCredentials {
    const more = KnownCredentials.of(credentials);
    if (more.#forms.size === 0) return this;
    return new KnownCredentials(new Map([...this.#forms, ...more.#forms]));
  }

  /** The places of a text at which one of them stands, and the password that does. */
  in(text: string): { readonly offset: number; readonly value: string }[] {
    return this.#forms.size > few ? this.#manyIn(text) : this.#fewIn(text);
  }

  #fewIn(text: string): { offset: number; value: string }[] {
    return [...this.#forms].flatMap(([form, value]) => {
      const offset = text.indexOf(form);
      return offset < 0 ? [] : [{ offset, value }];
    });
  }

  #manyIn(text: string): { offset: number; value: string }[] {
    const found: { offset: number; value: string }[] = [];
    for (let offset = 0; offset + probe <= text.length; offset++) {
      if (this.#marks[markAt(text, offset)] === 0) continue;
      const forms = this.#byBeginning.get(text.slice(offset, offset + probe));
      const form = forms?.find((each) => text.startsWith(each, offset));
      if (form !== undefined) found.push({ offset, value: this.#forms.get(form) ?? form });
    }
    return found;
  }
}

/** A number made of the first characters of a form, below the number of marks. */
function markAt(text: string, offset: number): number {
  return (text.charCodeAt(offset) ^ (text.charCodeAt(offset + 1) << 5) ^ (text.charCodeAt(offset + 2) << 10)) & 0xffff;
}

/** A password as it stands, in strings of JSON and YAML, in an address, and in base64. */
function formsOf(username: string, password: string): string[] {
  if (password.length < shortest) return [];
  const inBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
  const inJson = JSON.stringify(password).slice(1, -1);
  return [
    password,
    inJson,
    password.replaceAll("'", "''"),
    encoded(password),
    inBase64(password),
    inBase64(`${username}:${password}`),
  ];
}

/** As it stands in an address; half a character has no form there. */
function encoded(password: string): string {
  return encodeURIComponent(Buffer.from(password, 'utf8').toString('utf8'));
}
