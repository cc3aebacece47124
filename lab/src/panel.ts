import { caseIcon } from './icon';
import { Widget } from '@lumino/widgets';

import type { IEntry } from './completion';
import type { Desk, IFinding } from './desk';
import { element } from './elements';
import type { IPlace } from './places';
import { ask } from './server';

/** What a click in the panel does. */
export interface IActions {
  open(place: IPlace): void;
  insert(id: string): void;
  keep(): void;
  add(table: string): void;
  edit(table: string, id: string): void;
  read(source: string): void;
}

interface IHit {
  table: string;
  id: string;
  cite: string;
  title: string;
  date: string;
  field: string;
  before: string;
  found: string;
  after: string;
}

const SEVERITIES: Record<string, string> = {
  error: 'Errors',
  warning: 'Warnings',
  notice: 'Notices'
};

/** The case in the side bar: what to do, what there is, what was found, where one was. */
export class CasePanel extends Widget {
  private readonly head = element('div', {});
  private readonly words = element('input', {
    type: 'search',
    id: 'casebook-words',
    placeholder: 'Words, a name, a day',
    autocomplete: 'off'
  });
  private readonly kinds = element('select', { 'aria-label': 'What to list' });
  private readonly list = element('ul', { class: 'casebook-list' });
  private readonly told = element('p', {
    class: 'casebook-quiet',
    role: 'status'
  });
  private readonly open = element('div', {});
  private readonly was = element('div', {});
  private asking = new AbortController();
  /** The entry whose choices are open, also after the list was made anew. */
  private chosen = '';

  constructor(
    private readonly desk: Desk,
    private readonly actions: IActions
  ) {
    super();
    this.id = 'casebook-case';
    this.addClass('casebook-desk');
    this.title.icon = caseIcon;
    this.title.caption = 'The case: sources, facts and what does not hold';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'The case');
    this.node.append(
      this.head,
      element(
        'section',
        { class: 'casebook-search', 'aria-label': 'Find' },
        element('label', { for: 'casebook-words' }, 'Search'),
        element('div', { class: 'casebook-row' }, this.words, this.kinds),
        this.told,
        this.list
      ),
      this.open,
      this.was
    );
    let typed = 0;
    this.words.oninput = () => {
      window.clearTimeout(typed);
      typed = window.setTimeout(() => void this.search(), 120);
    };
    this.kinds.onchange = () => void this.search();
    this.list.onkeydown = event => this.walk(event);
    desk.changed.connect(() => this.draw());
    desk.edited.connect(() => {
      if (!this.list.contains(document.activeElement)) {
        void this.search();
      }
    });
    this.draw();
  }

  /** Put the cursor into the search box. */
  focus(): void {
    this.words.focus();
  }

  private draw(): void {
    const { state, findings, refused } = this.desk;
    if (!state) {
      this.head.replaceChildren(
        element('h2', {}, 'No case here'),
        element('p', {}, refused || 'Looking for the case…')
      );
      this.open.replaceChildren();
      this.was.replaceChildren();
      return;
    }
    const held =
      state.holds === null ? 'open' : state.holds ? 'holds' : 'fails';
    this.head.replaceChildren(
      element('h2', { 'data-state': held }, state.title),
      state.problem
        ? element('p', { class: 'casebook-problem', role: 'alert' }, state.problem)
        : '',
      element(
        'div',
        { class: 'casebook-row' },
        this.button('Keep a page', () => this.actions.keep()),
        this.button('Add an event', () => this.actions.add('events')),
        this.button(
          findings?.running ? 'Checking…' : 'Check now',
          () => void this.desk.check(true)
        )
      )
    );
    this.drawKinds(state.tables);
    this.drawFindings();
    this.was.replaceChildren(
      element(
        'details',
        { open: true },
        element('summary', {}, element('h3', {}, 'Where was I?')),
        element('ul', {}, ...state.lines.map(line => element('li', {}, line))),
        element('h4', {}, 'Next'),
        element('ol', {}, ...state.tasks.map(task => element('li', {}, task)))
      )
    );
  }

  private drawKinds(tables: Record<string, number>): void {
    const options = [
      ['all', 'Sources and facts'],
      ...Object.entries(tables).map(([name, count]) => [
        name,
        `${spoken(name)} (${count})`
      ]),
      ['words', 'Everything, in its text']
    ];
    const made = options.map(([value, words]) =>
      element('option', { value }, words)
    );
    const before = this.kinds.value || 'all';
    this.kinds.replaceChildren(...made);
    this.kinds.value = options.some(([value]) => value === before)
      ? before
      : 'all';
  }

  private drawFindings(): void {
    const { findings } = this.desk;
    const unfolded = new Set(
      [...this.open.querySelectorAll('details[open]')].map(
        each => (each as HTMLElement).dataset.rule
      )
    );
    const parts: HTMLElement[] = [];
    for (const [severity, title] of Object.entries(SEVERITIES)) {
      const groups = (findings?.groups ?? []).filter(
        group => group.severity === severity
      );
      if (!groups.length) {
        continue;
      }
      const count = groups.reduce((sum, group) => sum + group.count, 0);
      parts.push(element('h4', {}, `${title} (${count})`));
      for (const group of groups) {
        parts.push(
          element(
            'details',
            { 'data-rule': group.rule, open: unfolded.has(group.rule) },
            element('summary', {}, `${sentence(group.remedy)} (${group.count})`),
            element('p', { class: 'casebook-quiet' }, group.reason),
            element(
              'ul',
              { class: 'casebook-list' },
              ...group.findings.map(each => this.finding(each, severity))
            ),
            group.count > group.findings.length &&
              element(
                'p',
                { class: 'casebook-quiet' },
                `and ${group.count - group.findings.length} more`
              )
          )
        );
      }
    }
    const nothing = findings?.counts
      ? 'Nothing is open: everything holds.'
      : findings?.running
        ? 'The gate is being asked.'
        : 'The gate was not asked yet.';
    this.open.replaceChildren(
      element(
        'section',
        { 'aria-label': 'To mend' },
        element('h3', {}, 'To mend'),
        element(
          'p',
          { class: 'casebook-quiet', role: 'status' },
          findings?.problem || (parts.length ? '' : nothing)
        ),
        ...parts
      )
    );
  }

  private finding(each: IFinding, severity: string): HTMLElement {
    const where = each.place.replace(/^data\/manual\//, '');
    return element(
      'li',
      { 'data-state': severity === 'error' ? 'fails' : 'open' },
      element(
        'button',
        {
          type: 'button',
          class: 'casebook-item',
          disabled: !each.path,
          onclick: () => this.actions.open(each)
        },
        element('strong', {}, where),
        element('span', {}, each.found)
      )
    );
  }

  /** List what fits the words, or what stands in the text of the captures too. */
  private async search(): Promise<void> {
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const words = this.words.value;
    const path = this.desk.path;
    const kind = this.kinds.value;
    try {
      if (kind === 'words') {
        const found = words.trim()
          ? await ask<{ hits: IHit[] }>('search', { words, path }, undefined, signal)
          : { hits: [] };
        this.told.textContent = words.trim()
          ? `${found.hits.length} places`
          : 'Type words to look for in everything.';
        this.list.replaceChildren(...found.hits.map(hit => this.hit(hit)));
        return;
      }
      const tables = kind === 'all' ? '' : kind;
      const found = await ask<{ entries: IEntry[]; more: number }>(
        'entries',
        { words, path, tables, list: '1' },
        undefined,
        signal
      );
      const count = found.entries.length + found.more;
      this.told.textContent = found.more
        ? `${count}, of which the first ${found.entries.length}`
        : `${count} found`;
      this.list.replaceChildren(
        ...found.entries.map(entry => this.entry(entry))
      );
    } catch (error) {
      if (!signal.aborted) {
        this.told.textContent = (error as Error).message;
        this.list.replaceChildren();
      }
    }
  }

  private entry(entry: IEntry): HTMLElement {
    const told = [entry.who, entry.when].filter(Boolean).join(' · ');
    return this.item(entry.state, entry.id, entry.table, entry.title, [
      element('span', {}, told),
      element('span', { class: 'casebook-quiet' }, entry.says)
    ]);
  }

  private hit(hit: IHit): HTMLElement {
    return this.item('open', hit.cite, hit.table, hit.title, [
      element('span', {}, `${spoken(hit.table)} ${hit.date} ${hit.field}`),
      element(
        'span',
        {},
        hit.before,
        element('mark', {}, hit.found),
        hit.after
      )
    ]);
  }

  private item(
    state: string,
    id: string,
    table: string,
    title: string,
    told: HTMLElement[]
  ): HTMLElement {
    const open = id !== '' && id === this.chosen;
    const choices = element(
      'div',
      { class: 'casebook-choices', hidden: !open },
      ...(open ? this.choices(id, table) : [])
    );
    const button = element(
      'button',
      {
        type: 'button',
        class: 'casebook-item',
        'aria-expanded': String(open),
        onclick: () => {
          const shown = choices.hidden;
          choices.hidden = !shown;
          this.chosen = shown ? id : '';
          button.setAttribute('aria-expanded', String(shown));
          if (shown && !choices.childElementCount) {
            choices.append(...this.choices(id, table));
          }
        }
      },
      element('strong', {}, title),
      ...told
    );
    return element('li', { 'data-state': state }, button, choices);
  }

  private choices(id: string, table: string): HTMLElement[] {
    if (!id) {
      return [element('span', {}, 'No mark can name this.')];
    }
    const made = [
      element('code', {}, id),
      this.button('Insert mark', () => this.actions.insert(id))
    ];
    if (table === 'sources') {
      made.push(this.button('Read', () => this.actions.read(id)));
    }
    if (table in (this.desk.state?.tables ?? {})) {
      made.push(this.button('Edit', () => this.actions.edit(table, id)));
    }
    return made;
  }

  /** Up and down lead from item to item. */
  private walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) {
      return;
    }
    const items = [
      ...this.list.querySelectorAll<HTMLElement>('.casebook-item')
    ];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[at + step]?.focus();
    event.preventDefault();
  }

  private button(words: string, pressed: () => void): HTMLElement {
    return element(
      'button',
      { type: 'button', class: 'casebook-button', onclick: pressed },
      words
    );
  }
}

/** The name of a table as it is spoken: `own_table` is "Own table". */
export function spoken(name: string): string {
  return sentence(name.replaceAll('_', ' '));
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
