/** An answer that is not what its action promises: its writes may have happened. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
  readonly reason = 'malformed';

  constructor(field: string, expected: string, got: unknown) {
    super(`answer field ${field}: expected ${expected}, got ${kindOf(got)}`);
  }
}

/**
 * Reads a JSON object of the cloud by field names, with nothing taken on trust. Text and numbers may stand for each
 * other; empty lists, and the objects around them, may be missing.
 */
export class Answer {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws MalformedAnswer unless `value` is an object */
  constructor(
    value: unknown,
    private readonly path = '',
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new MalformedAnswer(path || 'body', 'an object', value);
    }
    this.fields = value as Readonly<Record<string, unknown>>;
  }

  /** Non-empty text. @throws MalformedAnswer */
  text(field: string): string {
    const value = this.textOr(field, '');
    if (value === '') throw new MalformedAnswer(this.at(field), 'text', this.fields[field]);
    return value;
  }

  textOr<F>(field: string, fallback: F): string | F {
    const value = this.fields[field] ?? undefined;
    if (value === undefined) return fallback;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new MalformedAnswer(this.at(field), 'text', value);
  }

  /** A whole number from 0 up. @throws MalformedAnswer */
  count(field: string): number {
    const text = this.text(field);
    if (!/^\d{1,15}$/.test(text)) throw new MalformedAnswer(this.at(field), 'a whole number from 0 up', text);
    return Number(text);
  }

  /** An object of the answer; without fields when it is missing. */
  part(field: string): Answer {
    return new Answer(this.fields[field] ?? {}, this.at(field));
  }

  /** `list('Tags', 'Tag')` reads `Tags.Tag[]`. */
  list(wrapper: string, field: string): readonly Answer[] {
    const inner = this.part(wrapper);
    return inner.values(field).map((value, i) => new Answer(value, `${inner.at(field)}[${i}]`));
  }

  texts(wrapper: string, field: string): readonly string[] {
    const inner = this.part(wrapper);
    return inner.values(field).map((value) => {
      if (typeof value !== 'string') throw new MalformedAnswer(inner.at(field), 'a list of text', value);
      return value;
    });
  }

  private values(field: string): readonly unknown[] {
    const value = this.fields[field] ?? [];
    if (!Array.isArray(value)) throw new MalformedAnswer(this.at(field), 'a list', value);
    return value;
  }

  private at(field: string): string {
    return this.path === '' ? field : `${this.path}.${field}`;
  }
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
