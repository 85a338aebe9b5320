// Makes the text area of the query page an editor, and shows results as they stream. Without this script, the form works as it is.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completer, prefixing } from "./names.js";
import { Results } from "./results.js";

const form = document.querySelector("form[data-editor]");
const area = form.querySelector("textarea");
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--c6)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: tags.string, color: "var(--c5)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--c1)" },
  { tag: [tags.atom, tags.propertyName], color: "var(--link)" },
]);
const theme = EditorView.theme({
  "&": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--strong-line)", borderRadius: "6px", fontSize: "0.9rem" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", maxHeight: "60vh" },
  ".cm-content, .cm-gutter": { minHeight: "14rem" },
  ".cm-content": { padding: "0.7rem 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--band)", color: "var(--soft)", border: "0", borderRadius: "6px 0 0 6px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mark) 22%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--c1) 30%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--strong-line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.8" },
  ".cm-diagnostic": { borderLeftColor: "var(--warn)" },
  // the wave of the library is an image from a data: address, which our policy does not load
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--warn)", textDecorationSkipInk: "none" },
});

const withPrefixes = prefixing(JSON.parse(form.dataset.prefixes));

const view = new EditorView({
  parent: form.querySelector("[data-place]"),
  state: EditorState.create({
    doc: area.value.replace(/\n$/, ""),
    extensions: [
      EditorView.cspNonce.of(document.currentScript?.nonce || document.querySelector("script[nonce]").nonce),
      EditorView.contentAttributes.of({ "aria-label": "Query", "aria-describedby": "keys" }),
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      StreamLanguage.define(sparql),
      syntaxHighlighting(colours),
      autocompletion({ override: [completer(form.dataset.names, withPrefixes)], icons: false }),
      keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      theme,
    ],
  }),
});
area.hidden = true;
area.labels[0].hidden = true;
form.querySelector("[data-keys]").hidden = false;

const results = new Results(document.querySelector("#answer"), form.dataset);

function text() {
  const filled = withPrefixes(view.state.doc.toString());
  if (filled !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: filled } });
  return filled;
}

async function run() {
  view.dispatch(setDiagnostics(view.state, []));
  const problem = await results.run(text());
  if (problem?.line && problem.line <= view.state.doc.lines) {
    const line = view.state.doc.line(problem.line);
    const from = Math.min(line.from + Math.max((problem.column || 1) - 1, 0), line.to);
    view.dispatch(setDiagnostics(view.state, [{ from, to: line.to, severity: "error", message: problem.detail }]), { selection: { anchor: from }, scrollIntoView: true });
  }
}

form.addEventListener("submit", (event) => {
  if (form.elements.format.value === "html") {
    event.preventDefault();
    run();
  } else {
    area.value = text();
  }
});
