import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';

import type { Desk } from './desk';
import { element } from './elements';
import { ask } from './server';

export interface IKeep {
  running: boolean;
  what: string;
  said: string;
  done: boolean;
  source: string;
}

const TIERS = {
  'original-reporting': 'a report of its own',
  primary: 'a document, a statement, somebody who was there',
  secondary: 'tells what others reported',
  aggregator: 'repeats what others reported'
};

/** Keeps a page or a file of the case, and gives what was read of it; nothing where nothing was kept. */
export async function keep(desk: Desk, what = ''): Promise<IKeep | null> {
  const address = element('input', {
    id: 'casebook-what',
    value: what,
    placeholder: 'https://… or the path of a file'
  });
  const tier = element(
    'select',
    { id: 'casebook-tier' },
    ...Object.entries(TIERS).map(([value, about]) =>
      element('option', { value }, `${value}: ${about}`)
    )
  );
  const asked = await showDialog({
    title: 'Keep a page',
    body: new Widget({
      node: element(
        'div',
        { class: 'casebook-keep' },
        element('label', { for: 'casebook-what' }, 'Address or file'),
        address,
        element('label', { for: 'casebook-tier' }, 'How near to what happened'),
        tier
      )
    }),
    focusNodeSelector: '#casebook-what',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: 'Keep' })]
  });
  if (!asked.button.accept) {
    return null;
  }
  const path = desk.path;
  const said = element('pre', { role: 'status' }, `Keeping ${address.value} …`);
  const shown = new Dialog({
    title: 'Keeping',
    body: new Widget({
      node: element('div', { class: 'casebook-keep' }, element('progress', {
        'aria-label': 'Keeping the page'
      }), said)
    }),
    buttons: [Dialog.cancelButton({ label: 'Stop' })]
  });
  const closed = shown.launch();
  let open = true;
  void closed.then(() => (open = false));
  try {
    await ask('keep', {}, { path, what: address.value, tier: tier.value });
    for (;;) {
      await new Promise(done => window.setTimeout(done, 400));
      if (!open) {
        await ask('keep', {}, { path, stop: true });
        return null;
      }
      const state = await ask<IKeep>('keep/state', { path });
      if (!state.running) {
        if (state.done && state.source) {
          shown.dispose();
          desk.touched();
          return state;
        }
        said.textContent = state.said;
        said.previousElementSibling?.remove();
        await closed;
        return null;
      }
    }
  } catch (error) {
    said.textContent = (error as Error).message;
    await closed;
    return null;
  }
}
