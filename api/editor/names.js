// The names that the editor offers: classes, properties, concepts and things by their labels, from one file that changes with the release.
import { insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";

export function completer(address, withPrefixes) {
  let options = null;
  const apply = (view, completion, from, to) => {
    view.dispatch({ ...insertCompletionText(view.state, completion.name, from, to), annotations: pickedCompletion.of(completion) });
    const text = view.state.doc.toString();
    const filled = withPrefixes(text);
    if (filled !== text) view.dispatch({ changes: { from: 0, insert: filled.slice(0, filled.length - text.length) } });
  };
  const load = async () => {
    const found = await (await fetch(address)).json();
    options = found.names.flatMap(([name, label, kind]) => [
      { label, name, detail: `${name} · ${kind}`, apply },
      { label: name, name, detail: `${label} · ${kind}`, apply, boost: -1 },
    ]);
    return options;
  };
  const ready = load();
  return async (context) => {
    const word = context.matchBefore(/[\w:'’-]+/);
    if (!context.explicit && (!word || word.text.length < 2 || /^[?$]/.test(before(context, word)))) return null;
    const known = options || (await ready);
    return { from: start(context, known) ?? (word ? word.from : context.pos), options: known, validFor: /^[\w:'’-]*$/ };
  };
}

// A label may hold blanks: where the last words, two to four of them, begin one, the completion begins with the first of them.
function start(context, options) {
  const line = context.state.doc.lineAt(context.pos);
  const text = line.text.slice(0, context.pos - line.from);
  for (const words of [4, 3, 2]) {
    const found = new RegExp(`(?:[\\w'’-]+ ){${words - 1}}[\\w'’-]+$`).exec(text);
    const phrase = found?.[0].toLowerCase();
    if (phrase && options.some((option) => option.label.toLowerCase().startsWith(phrase))) return line.from + found.index;
  }
  return null;
}

function before(context, word) {
  return context.state.sliceDoc(Math.max(0, word.from - 1), word.from);
}

// Declares the prefixes that a query uses and does not declare, if we know them. They come with the page, for a query may be run before any name is here.
export function prefixing(known) {
  return (text) => {
    const plain = text.replace(/<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#.*$/gm, " ");
    const declared = new Set([...text.matchAll(/^\s*PREFIX\s+([\w-]*):/gim)].map((match) => match[1]));
    const used = new Set([...plain.matchAll(/(?<![\w:?$-])([A-Za-z][\w-]*):/g)].map((match) => match[1]));
    const missing = [...used].filter((name) => !declared.has(name) && known[name]).sort();
    return missing.map((name) => `PREFIX ${name}: <${known[name]}>\n`).join("") + text;
  };
}
