// A cell of TSV or N-Triples as a table cell: text is only ever text, and only http(s) addresses become links.
export function cell(text, base, up) {
  const made = document.createElement("td");
  const iri = /^<(.*)>$/s.exec(text);
  const literal = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^.*)?$/s.exec(text);
  if (iri) made.append(link(iri[1], base, up));
  else if (literal) {
    made.textContent = unescaped(literal[1]);
    if (literal[2]) made.lang = literal[2];
  } else {
    made.textContent = text;
    if (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text)) made.className = "number";
  }
  return made;
}

function link(iri, base, up) {
  const local = iri.startsWith(base) ? iri.slice(base.length) : null;
  const shown = local ?? iri;
  if (local === null && !/^https?:/i.test(iri)) return shown;
  const made = document.createElement("a");
  made.textContent = shown.replace(/^id\//, "").replace(/^ontology#/, "");
  made.href = local === null ? iri : up + local.replace(/^id\/(.*)$/, "data/$1.html").replace(/^concept\/(.*)$/, "data/concept_$1.html");
  return made;
}

const ESCAPES = { t: "\t", n: "\n", r: "\r", b: "\b", f: "\f" };
function unescaped(text) {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/gs, (_, found) =>
    /^[uU]./.test(found) && found.length > 1 ? String.fromCodePoint(parseInt(found.slice(1), 16)) : (ESCAPES[found] ?? found),
  );
}
