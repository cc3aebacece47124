import { Widget } from '@lumino/widgets';

import type { Desk } from './desk';
import { element } from './elements';

/** The line in the status bar: how many errors are open, and how much is to be read. */
export class StatusLine extends Widget {
  private readonly button: HTMLButtonElement;

  constructor(
    private readonly desk: Desk,
    pressed: () => void
  ) {
    super();
    this.addClass('casebook-status');
    this.button = element('button', { type: 'button', onclick: pressed });
    this.node.append(this.button);
    desk.changed.connect(() => this.draw());
    this.draw();
  }

  private draw(): void {
    const { state, findings } = this.desk;
    this.node.hidden = !state;
    if (!state) {
      return;
    }
    const counts = findings?.counts;
    const errors = state.problem
      ? 'tables do not load'
      : counts
        ? `${counts.error} ${counts.error === 1 ? 'error' : 'errors'}`
        : findings?.running
          ? 'checking'
          : 'not checked';
    const reading = state.to_read ? `, ${state.to_read} to read` : '';
    this.button.textContent = `${errors}${reading}${counts && findings?.running ? ' …' : ''}`;
    this.button.title = `${state.title}: show the case`;
    this.button.dataset.state =
      state.problem || counts?.error ? 'fails' : counts ? 'holds' : 'open';
  }
}
