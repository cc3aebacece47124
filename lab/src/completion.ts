import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  Completion,
  CompletionContext,
  CompletionResult,
  completionStatus
} from '@codemirror/autocomplete';
import { EditorState, Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import {
  EditorExtensionRegistry,
  IEditorExtensionRegistry
} from '@jupyterlab/codemirror';

import { Editing } from './editing';
import { element } from './elements';
import { ask } from './server';

/** A fact or a source, as the server offers it. */
export interface IEntry {
  id: string;
  table: string;
  title: string;
  who: string;
  when: string;
  state: 'holds' | 'fails' | 'open';
  says: string;
}

/** A number that a cell recorded. */
export interface INumber {
  name: string;
  value: string;
  unit: string;
  base: string;
}

/** A mark that is being written: `[@words` or `[@one; @words`, and `[38%](#=words`. */
const MARK = /\[(?:[^[\]\n]*[;\s])?@([^@;[\]\n]{0,80})$/;
const NUMBER = /\]\(#=([^()\s]{0,80})$/;

/** What the line before the cursor asks for, and where the words begin; nothing outside of a mark. */
export function asked(
  before: string
): { kind: 'mark' | 'number'; words: string } | null {
  const number = NUMBER.exec(before);
  if (number) {
    return { kind: 'number', words: number[1] };
  }
  const mark = MARK.exec(before);
  return mark ? { kind: 'mark', words: mark[1] } : null;
}

/** Completes marks in every editor that holds Markdown. */
export function addCompletion(
  registry: IEditorExtensionRegistry,
  editing: Editing
): void {
  registry.addExtension({
    name: 'casebook:marks',
    factory: ({ model }) =>
      EditorExtensionRegistry.createImmutableExtension(
        extension(model, editing)
      )
  });
}

function extension(model: CodeEditor.IModel, editing: Editing): Extension {
  const source = async (
    context: CompletionContext
  ): Promise<CompletionResult | null> => {
    if (!/markdown|ipythongfm/.test(model.mimeType)) {
      return null;
    }
    const line = context.state.doc.lineAt(context.pos);
    const found = asked(line.text.slice(0, context.pos - line.from));
    if (!found) {
      return null;
    }
    const stopped = new AbortController();
    context.addEventListener('abort', () => stopped.abort());
    const options = await (found.kind === 'mark'
      ? entries(found.words, editing.path, stopped.signal)
      : numbers(found.words, editing)
    ).catch(() => []);
    return {
      from: context.pos - found.words.length,
      options,
      filter: false
    };
  };
  return [
    autocompletion({
      override: [source],
      icons: false,
      aboveCursor: false,
      maxRenderedOptions: 40,
      optionClass: option => `casebook-${option.type}`,
      tooltipClass: () => 'casebook-offer'
    }),
    keys
  ];
}

/** Escape and Tab are the list's while it is open; JupyterLab would else leave the cell, or ask the kernel. */
const keys = ViewPlugin.define(view => {
  const taken = (event: KeyboardEvent) => {
    const open = completionStatus(view.state) === 'active' && view.hasFocus;
    if (open && event.key === 'Escape' && closeCompletion(view)) {
      event.stopImmediatePropagation();
      event.preventDefault();
    } else if (open && event.key === 'Tab' && acceptCompletion(view)) {
      event.stopImmediatePropagation();
      event.preventDefault();
    }
  };
  window.addEventListener('keydown', taken, true);
  return { destroy: () => window.removeEventListener('keydown', taken, true) };
});

async function entries(
  words: string,
  path: string,
  signal: AbortSignal
): Promise<Completion[]> {
  const found = await ask<{ entries: IEntry[] }>(
    'entries',
    { words, path },
    undefined,
    signal
  );
  return found.entries.map(entry => ({
    label: entry.title,
    detail: [entry.who, entry.when, entry.says].filter(Boolean).join(' · '),
    type: entry.state,
    apply: closing(entry.id, ']'),
    info: () =>
      element(
        'div',
        { class: 'casebook-info' },
        element('code', {}, entry.id),
        element(
          'p',
          {},
          entry.table.replaceAll('_', ' ')
        )
      )
  }));
}

async function numbers(
  words: string,
  editing: Editing
): Promise<Completion[]> {
  const all = await editing.numbers();
  return all
    .filter(number => number.name.includes(words.toLowerCase()))
    .map(number => ({
      label: number.name,
      detail: `${number.value} ${number.unit}`,
      type: 'holds',
      apply: closing(number.name, ')'),
      info: number.base
    }));
}

/** Puts in what was chosen, and the bracket behind it where there is none. */
function closing(text: string, bracket: string) {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const state: EditorState = view.state;
    const closed = state.sliceDoc(to, to + 1) === bracket;
    const behind = from + text.length + 1;
    view.dispatch({
      changes: { from, to, insert: closed ? text : text + bracket },
      selection: { anchor: behind },
      userEvent: 'input.complete'
    });
  };
}
