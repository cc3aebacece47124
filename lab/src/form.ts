import { Widget } from '@lumino/widgets';

import type { Desk } from './desk';
import { element } from './elements';
import { caseIcon } from './icon';
import { spoken } from './panel';
import { ask, Refused } from './server';

interface IField {
  name: string;
  label: string;
  about: string;
  kind: string;
  required: boolean;
  many: boolean;
  choices: { value: string; meaning: string }[];
  closed: boolean;
}

interface IForm {
  table: string;
  about: string;
  key: string[];
  fields: IField[];
}

export type Cells = Record<string, string>;

export interface IEdit {
  table: string;
  cells: Cells | null;
  before?: Cells | null;
}

interface IClash {
  row: string;
  field: string;
  before: string;
  ours: string;
  theirs: string;
}

/** A row as a form, made from the description of its table: new where it has no id. */
export class RowForm extends Widget {
  private readonly told = element('div', { role: 'status' });
  private readonly controls = new Map<
    string,
    HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
  >();
  private readonly hints = new Map<string, HTMLElement>();
  private before: Cells | null = null;
  private waiting = 0;
  private ownId = false;

  /**
   * `given` is what a new row begins with, and `also` what is saved with it, once its id is known.
   */
  constructor(
    private readonly desk: Desk,
    private readonly table: string,
    private readonly rowId = '',
    private readonly given: Cells = {},
    private readonly also: (id: string) => IEdit[] = () => [],
    private readonly intro = ''
  ) {
    super();
    this.id = `casebook-row-${table}-${rowId || Date.now()}`;
    this.title.label = rowId || `New: ${table.replace(/s$/, '')}`;
    this.title.icon = caseIcon;
    this.title.closable = true;
    this.addClass('casebook-desk');
    this.addClass('casebook-form');
    void this.load();
  }

  /** What was typed and not saved is kept in the browser until it is. */
  private get draft(): string {
    return `casebook:${this.desk.path}:${this.table}:${this.rowId}`;
  }

  private async load(): Promise<void> {
    try {
      const query = { path: this.desk.path, table: this.table, id: this.rowId };
      const found = await ask<{ form: IForm; row: Cells | null }>('row', query);
      this.before = found.row;
      this.build(found.form, found.row ?? this.given);
    } catch (error) {
      this.node.replaceChildren(
        element('p', { role: 'alert' }, (error as Error).message)
      );
    }
  }

  private build(form: IForm, cells: Cells): void {
    const typed: Cells = JSON.parse(localStorage.getItem(this.draft) ?? '{}');
    this.ownId = !!this.rowId;
    const body = element(
      'form',
      {
        'aria-label': this.title.label,
        onsubmit: (event: Event) => {
          event.preventDefault();
          void this.save();
        },
        oninput: () => this.changed()
      },
      element('h2', {}, this.title.label),
      element('p', { class: 'casebook-intro' }, this.intro || form.about),
      ...form.fields.map(field =>
        this.field(field, typed[field.name] ?? cells[field.name] ?? '')
      ),
      element(
        'div',
        { class: 'casebook-row' },
        element('button', { type: 'submit', class: 'casebook-button' }, 'Save'),
        element(
          'button',
          {
            type: 'button',
            class: 'casebook-button',
            onclick: () => void this.takeBack()
          },
          'Undo the last save'
        )
      ),
      this.told
    );
    this.node.replaceChildren(body);
    if (Object.keys(typed).length) {
      this.told.textContent = 'What was typed before and not saved is here again.';
    }
    void this.judge();
  }

  private field(field: IField, value: string): HTMLElement {
    const id = `${this.id}-${field.name}`;
    const own: Record<string, unknown> = {
      id,
      name: field.name,
      'aria-describedby': `${id}-hint`,
      'aria-required': field.required
    };
    let control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
    let list: HTMLElement | null = null;
    if (field.closed && !field.many && field.kind === 'code') {
      const values = field.choices.map(choice => choice.value);
      control = element(
        'select',
        own,
        ...['', ...values, ...(value && !values.includes(value) ? [value] : [])].map(
          each => element('option', { value: each }, each || '(blank)')
        )
      );
    } else if (field.kind === 'text' && !field.many) {
      control = element('textarea', { ...own, rows: value.length > 80 ? 3 : 1 });
    } else {
      list = element(
        'datalist',
        { id: `${id}-list` },
        ...field.choices.map(choice =>
          element('option', { value: choice.value }, choice.meaning)
        )
      );
      control = element('input', {
        ...own,
        list: field.choices.length ? `${id}-list` : undefined,
        readonly: field.name === 'id' && !!this.rowId,
        autocomplete: 'off'
      });
    }
    control.value = value;
    if (field.name === 'id') {
      control.addEventListener('input', () => (this.ownId = !!control.value));
    }
    this.controls.set(field.name, control);
    const hint = element('span', { id: `${id}-hint`, class: 'casebook-quiet' });
    hint.dataset.about =
      field.about + (field.many ? '; several with semicolons between' : '');
    hint.textContent = hint.dataset.about;
    this.hints.set(field.name, hint);
    return element(
      'div',
      { class: 'casebook-field' },
      element('label', { for: id }, field.label + (field.required ? ' *' : '')),
      control,
      list,
      hint
    );
  }

  private get cells(): Cells {
    return Object.fromEntries(
      [...this.controls].map(([name, control]) => [name, control.value])
    );
  }

  private changed(): void {
    localStorage.setItem(this.draft, JSON.stringify(this.cells));
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.judge(), 300);
  }

  /** Say of each cell how it is understood, or what is wrong with it. */
  private async judge(): Promise<void> {
    const found = await ask<{
      problems: Cells;
      dates: Cells;
      id: string;
    }>('judge', {}, {
      path: this.desk.path,
      table: this.table,
      cells: this.cells
    }).catch(() => null);
    if (!found) {
      return;
    }
    const id = this.controls.get('id');
    if (id && !this.ownId) {
      id.value = found.id;
      delete found.problems.id;
    }
    for (const [name, hint] of this.hints) {
      const control = this.controls.get(name);
      const wrong = control?.value ? found.problems[name] : undefined;
      hint.textContent =
        wrong ?? found.dates[name] ?? hint.dataset.about ?? '';
      hint.dataset.state = wrong ? 'fails' : 'open';
      control?.setAttribute('aria-invalid', String(!!wrong));
    }
  }

  private async save(): Promise<void> {
    const cells = this.cells;
    const edits: IEdit[] = [
      { table: this.table, cells, before: this.before },
      ...(this.before ? [] : this.also(cells.id ?? ''))
    ];
    try {
      const done = await ask<{ saved: string }>('save', {}, {
        path: this.desk.path,
        edits
      });
      localStorage.removeItem(this.draft);
      this.told.replaceChildren(
        element('p', { 'data-state': 'holds' }, `Saved: ${done.saved}.`)
      );
      this.before = cells;
      this.controls.get('id')?.setAttribute('readonly', '');
      this.title.label = cells.id ?? this.title.label;
      this.desk.touched();
    } catch (error) {
      this.refused(error as Error);
    }
  }

  /** Say why nothing was saved; of what somebody else changed, field by field, with the choice of one of the two. */
  private refused(error: Error): void {
    const clashes =
      error instanceof Refused && error.status === 409
        ? (error.answer.clashes as IClash[])
        : [];
    if (!clashes.length) {
      this.told.replaceChildren(
        element('p', { class: 'casebook-problem', role: 'alert' }, error.message)
      );
      return;
    }
    const settle = (clash: IClash, value: string) => {
      const control = this.controls.get(clash.field);
      if (control) {
        control.value = value;
      }
      this.before = { ...this.before, [clash.field]: clash.theirs };
      this.changed();
      control?.focus();
    };
    this.told.replaceChildren(
      element(
        'div',
        { class: 'casebook-problem', role: 'alert' },
        'Somebody changed this row meanwhile; nothing was saved. Take one of the two, and save again.',
        ...clashes.map(clash =>
          element(
            'p',
            {},
            element('strong', {}, clash.field || clash.row),
            ': ',
            ...(clash.field
              ? [
                  this.choice(`yours: ${clash.ours || '(blank)'}`, () =>
                    settle(clash, clash.ours)
                  ),
                  this.choice(`theirs: ${clash.theirs || '(blank)'}`, () =>
                    settle(clash, clash.theirs)
                  )
                ]
              : ['it was taken out'])
          )
        )
      )
    );
  }

  private choice(words: string, pressed: () => void): HTMLElement {
    return element(
      'button',
      { type: 'button', class: 'casebook-button', onclick: pressed },
      words
    );
  }

  private async takeBack(): Promise<void> {
    try {
      const done = await ask<{ saved: string }>('undo', {}, {
        path: this.desk.path
      });
      this.told.replaceChildren(element('p', {}, `${spoken(done.saved)}.`));
      this.desk.touched();
    } catch (error) {
      this.refused(error as Error);
    }
  }
}
