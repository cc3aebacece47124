import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStatusBar } from '@jupyterlab/statusbar';
import type { Widget } from '@lumino/widgets';

import { Card } from './card';
import { addCompletion } from './completion';
import { Desk } from './desk';
import { Editing } from './editing';
import { RowForm } from './form';
import { caseIcon } from './icon';
import { keep } from './keep';
import { Marks } from './marks';
import { CasePanel } from './panel';
import { insert, open } from './places';
import { Reader } from './reader';
import { StatusLine } from './status';

const CATEGORY = 'Casebook';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'casebook:desk',
  description:
    'Marks are completed while one writes and shown as notes; the case is in the side bar.',
  autoStart: true,
  requires: [
    IDocumentManager,
    INotebookTracker,
    IEditorExtensionRegistry,
    IRenderMimeRegistry
  ],
  optional: [ICommandPalette, ILauncher, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    editors: IEditorExtensionRegistry,
    renderers: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    statusBar: IStatusBar | null
  ) => {
    const editing = new Editing(app, documents, notebooks);
    const desk = new Desk(app, () => editing.path);
    let last: Widget | null = null;
    /** Beside the notebook, and what is opened next in the same place. */
    const show = (widget: Widget) => {
      const there = [...app.shell.widgets('main')].find(
        each => each.id === widget.id
      );
      if (!there) {
        app.shell.add(
          widget,
          'main',
          last?.isAttached
            ? { mode: 'tab-after', ref: last.id }
            : { mode: 'split-right' }
        );
        last = widget;
      }
      app.shell.activateById(widget.id);
    };
    const edit = (table: string, id = '', intro = '') =>
      show(new RowForm(desk, table, id, {}, undefined, intro));
    const read = (capture: string, source = '', evidence = '') =>
      show(
        new Reader(desk, capture, source, evidence, (table, given, also, intro) =>
          show(new RowForm(desk, table, '', given, also, intro))
        )
      );
    const keepOne = async (what = '') => {
      const kept = await keep(desk, what);
      if (kept) {
        edit('sources', kept.source, kept.said);
      }
    };
    const card = new Card(
      (capture, evidence) => read(capture, '', evidence),
      (mark, wrong, right) => editing.replace(mark, wrong, right)
    );
    addCompletion(editors, editing);
    const marks = new Marks(renderers, editing, card);
    desk.edited.connect(() => marks.refresh());

    const panel = new CasePanel(desk, {
      open: place => void open(documents, place),
      insert: id => void insert(app, notebooks, `[@${id}]`),
      keep: () => void keepOne(),
      add: table => edit(table),
      edit,
      read: source => read('', source)
    });
    app.shell.add(panel, 'left', { rank: 150 });
    const line = new StatusLine(desk, () => app.shell.activateById(panel.id));
    statusBar?.registerStatusItem('casebook:status', {
      item: line,
      align: 'left',
      rank: 5
    });

    const commands: [string, string, () => void][] = [
      [
        'casebook:show',
        'Show the case',
        () => {
          app.shell.activateById(panel.id);
          panel.focus();
        }
      ],
      ['casebook:check', 'Check the case', () => void desk.check(true)],
      ['casebook:keep', 'Keep a page', () => void keepOne()],
      ['casebook:add-event', 'Add an event', () => edit('events')],
      ['casebook:add-metric', 'Add a number', () => edit('metrics')],
      ['casebook:add-claim', 'Add a claim', () => edit('claims')]
    ];
    for (const [id, label, execute] of commands) {
      app.commands.addCommand(id, { label, execute, icon: caseIcon });
      palette?.addItem({ command: id, category: CATEGORY });
    }
    launcher?.add({ command: 'casebook:keep', category: CATEGORY });
    launcher?.add({ command: 'casebook:show', category: CATEGORY });
    void app.restored.then(() => desk.refresh());
    app.shell.currentChanged?.connect(() => void desk.refresh());
  }
};

export default plugin;
