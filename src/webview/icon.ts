import { html, type TemplateResult } from 'lit-html';

/** An icon of VS Code's own set, by its name there. */
export function icon(id: string): TemplateResult {
  return html`<i class="codicon codicon-${id}" aria-hidden="true"></i>`;
}
