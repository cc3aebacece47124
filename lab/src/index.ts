import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStatusBar } from '@jupyterlab/statusbar';

import { Card } from './card';
import { addCompletion } from './completion';
import { Desk } from './desk';
import { Editing } from './editing';
import { Marks } from './marks';
import { CasePanel } from './panel';
import { insert, open } from './places';
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
  optional: [ICommandPalette, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    editors: IEditorExtensionRegistry,
    renderers: IRenderMimeRegistry,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null
  ) => {
    const editing = new Editing(app, documents, notebooks);
    const desk = new Desk(app, () => editing.path);
    const card = new Card(
      () => undefined,
      (mark, wrong, right) => editing.replace(mark, wrong, right)
    );
    addCompletion(editors, editing);
    const marks = new Marks(renderers, editing, card);
    desk.edited.connect(() => marks.refresh());

    const panel = new CasePanel(desk, {
      open: place => void open(documents, place),
      insert: id => void insert(app, notebooks, `[@${id}]`)
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
      ['casebook:check', 'Check the case', () => void desk.check()]
    ];
    for (const [id, label, execute] of commands) {
      app.commands.addCommand(id, { label, execute });
      palette?.addItem({ command: id, category: CATEGORY });
    }
    void app.restored.then(() => desk.refresh());
    app.shell.currentChanged?.connect(() => void desk.refresh());
  }
};

export default plugin;
