import { Widget } from '@lumino/widgets';

import type { IEntry } from './completion';
import type { Desk } from './desk';
import { element, webLink } from './elements';
import type { Cells, IEdit } from './form';
import { caseIcon } from './icon';
import { ask } from './server';

interface IRead {
  capture: string;
  source: string;
  title: string;
  day: string;
  url: string;
  excerpt: boolean;
  cut: boolean;
  others: { id: string; day: string }[];
  pieces: { text: string; marked: boolean; facts: [string, string][] }[];
}

interface IPicked {
  cells: Cells;
  state: string;
  verdict: string;
  carries: string;
}

/** A capture as text, beside the notebook: nothing of the page runs, since none of its markup is here. */
export class Reader extends Widget {
  private readonly text = element('div', {
    class: 'casebook-text',
    tabindex: 0,
    role: 'document',
    'aria-label': 'The text as it was captured'
  });
  private readonly head = element('div', {});
  private readonly pick = element('div', {
    class: 'casebook-pick',
    'aria-live': 'polite'
  });
  private words = '';

  constructor(
    private readonly desk: Desk,
    private capture: string,
    private readonly source: string,
    private readonly evidence: string,
    private readonly add: (
      table: string,
      given: Cells,
      also: (id: string) => IEdit[],
      intro: string
    ) => void
  ) {
    super();
    this.id = `casebook-read-${capture || source}`;
    this.title.label = source || capture;
    this.title.icon = caseIcon;
    this.title.closable = true;
    this.addClass('casebook-desk');
    this.addClass('casebook-reader');
    this.node.append(this.head, this.pick, this.text);
    this.text.onmouseup = () => this.selected();
    this.text.onkeyup = () => this.selected();
    void this.load();
  }

  private async load(): Promise<void> {
    let read: IRead;
    try {
      read = await ask<IRead>('capture', {
        path: this.desk.path,
        capture: this.capture,
        source: this.source
      });
    } catch (error) {
      this.head.replaceChildren(
        element('p', { role: 'alert' }, (error as Error).message)
      );
      return;
    }
    this.capture = read.capture;
    const others = element(
      'select',
      {
        'aria-label': 'Capture',
        onchange: () => {
          this.capture = others.value;
          void this.load();
        }
      },
      ...read.others.map(each => element('option', { value: each.id }, each.day))
    );
    others.value = read.capture;
    this.head.replaceChildren(
      element('h2', {}, read.title),
      element(
        'p',
        { class: 'casebook-row' },
        others,
        webLink(read.url, read.url ? 'the page on the web' : ''),
        (read.excerpt || read.cut) &&
          element('span', {}, read.cut ? 'The beginning of it.' : 'An excerpt.')
      ),
      element(
        'p',
        { class: 'casebook-quiet' },
        'Select words that bear out a fact; passages in use are marked.'
      )
    );
    let page = 1;
    const parts: (Node | string)[] = [];
    for (const piece of read.pieces) {
      const texts = piece.text.split('\f');
      texts.forEach((text, at) => {
        if (at) {
          page += 1;
          parts.push(element('h3', {}, `Page ${page}`));
        }
        const names = piece.facts.map(([, record]) => record).join(', ');
        parts.push(
          piece.marked
            ? element(
                'mark',
                { title: names, 'data-evidence': piece.facts.map(([id]) => id).join(' ') },
                text
              )
            : text
        );
      });
    }
    this.text.replaceChildren(...parts);
    this.text
      .querySelector(`[data-evidence~="${CSS.escape(this.evidence)}"]`)
      ?.scrollIntoView({ block: 'center' });
  }

  /** Words were selected: offer what they may bear out. */
  private selected(): void {
    const chosen = getSelection();
    const words = chosen?.toString().trim() ?? '';
    if (!words || words === this.words || !this.text.contains(chosen!.anchorNode)) {
      return;
    }
    this.words = words;
    const id = `${this.id}-fact`;
    const list = element('datalist', { id: `${id}-list` });
    const verdict = element('div', { role: 'status' });
    const fact = element('input', {
      id,
      list: `${id}-list`,
      placeholder: 'Words of it',
      autocomplete: 'off'
    });
    fact.oninput = () => void this.offer(fact, list, verdict);
    const made = (table: string) =>
      element(
        'button',
        {
          type: 'button',
          class: 'casebook-button',
          onclick: () => void this.fresh(table, verdict)
        },
        `New ${table.replace(/s$/, '')}`
      );
    this.pick.replaceChildren(
      element('blockquote', {}, words.length > 200 ? `${words.slice(0, 200)}…` : words),
      element('label', { for: id }, 'Passage for'),
      element(
        'div',
        { class: 'casebook-row' },
        fact,
        list,
        ...['events', 'metrics', 'claims'].map(made)
      ),
      verdict
    );
  }

  private async offer(
    fact: HTMLInputElement,
    list: HTMLElement,
    verdict: HTMLElement
  ): Promise<void> {
    const chosen = [...list.children].some(
      each => (each as HTMLOptionElement).value === fact.value
    );
    if (chosen) {
      return this.judge(fact.value, verdict);
    }
    const found = await ask<{ entries: IEntry[] }>('entries', {
      words: fact.value,
      path: this.desk.path
    }).catch(() => ({ entries: [] }));
    list.replaceChildren(
      ...found.entries
        .filter(entry => entry.table !== 'sources')
        .map(entry => element('option', { value: entry.id }, entry.title))
    );
  }

  /** Show where the passage begins and ends, and whether it bears out the fact, before anything is saved. */
  private async judge(record: string, verdict: HTMLElement): Promise<void> {
    try {
      const found = await this.find(record);
      verdict.replaceChildren(
        this.ends(found),
        element(
          'p',
          { class: 'casebook-state', 'data-state': found.state },
          element('strong', {}, found.verdict),
          ` ${found.carries}`
        ),
        element(
          'button',
          {
            type: 'button',
            class: 'casebook-button',
            onclick: () => void this.save(found.cells, verdict)
          },
          'Save the passage'
        )
      );
    } catch (error) {
      this.refuse(verdict, error as Error);
    }
  }

  /** A new fact that the passage bears out: its form, with the passage saved along. */
  private async fresh(table: string, verdict: HTMLElement): Promise<void> {
    try {
      const { cells } = await this.find('');
      const ends = cells.end ? `${cells.start} … ${cells.end}` : cells.start;
      this.add(
        table,
        table === 'claims' ? { made_by: cells.source } : {},
        id => [{ table: 'evidence', cells: { ...cells, record: id } }],
        `Borne out by “${ends}” of ${cells.source}, which is saved along.`
      );
    } catch (error) {
      this.refuse(verdict, error as Error);
    }
  }

  private find(record: string): Promise<IPicked> {
    const { words, capture } = this;
    const path = this.desk.path;
    return ask<IPicked>('passage', {}, { path, capture, words, record });
  }

  private ends({ cells }: IPicked): HTMLElement {
    const told = [
      `From “${cells.start}”`,
      cells.end && ` to “${cells.end}”`,
      cells.prefix && `, behind “${cells.prefix}”`,
      cells.suffix && `, before “${cells.suffix}”`
    ];
    return element('p', {}, told.filter(Boolean).join(''));
  }

  private async save(cells: Cells, verdict: HTMLElement): Promise<void> {
    try {
      const edits = [{ table: 'evidence', cells }];
      await ask('save', {}, { path: this.desk.path, edits });
      verdict.replaceChildren(element('p', {}, `Saved for ${cells.record}.`));
      this.desk.touched();
      await this.load();
    } catch (error) {
      this.refuse(verdict, error as Error);
    }
  }

  private refuse(verdict: HTMLElement, error: Error): void {
    verdict.replaceChildren(
      element('p', { class: 'casebook-problem', role: 'alert' }, error.message)
    );
  }
}
