"use strict";
(() => {
  const store = document.getElementById("index");
  const box = document.getElementById("search-words");
  const list = document.getElementById("found");
  const shown = document.getElementById("shown");
  const MOST = 50;
  const AROUND = 90;
  const segmenter = window.Intl && Intl.Segmenter ? new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }) : null;
  // Words with their places, in scripts that part them by no spaces, too.
  const words = (text) => (segmenter
    ? [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => [part.index, part.segment])
    : [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((found) => [found.index, found[0]]));
  const fold = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = JSON.parse(store.textContent).map(([href, title, where, text], id) => ({ id, href, title, where, text }));
  const engine = new MiniSearch({
    fields: ["title", "text"],
    tokenize: (text) => words(text).map(([, word]) => word),
    processTerm: fold,
    searchOptions: { boost: { title: 4 }, combineWith: "AND", prefix: true, fuzzy: (term) => (term.length > 5 ? 1 : 0) },
  });
  engine.addAll(entries);

  // The text around the first word that was found, all of them marked.
  const marked = (text, terms, all) => {
    const places = words(text).filter(([, word]) => terms.has(fold(word)));
    const first = places.length && !all ? Math.max(0, places[0][0] - AROUND) : 0;
    const start = first && text.indexOf(" ", first) + 1;
    const stop = all ? text.length : Math.min(text.length, start + 3 * AROUND);
    const parts = start ? ["… "] : [];
    let at = start;
    for (const [place, word] of places) {
      if (place < at || place + word.length > stop) continue;
      const mark = document.createElement("mark");
      mark.textContent = word;
      parts.push(text.slice(at, place), mark);
      at = place + word.length;
    }
    parts.push(text.slice(at, stop), stop < text.length ? " …" : "");
    return parts;
  };

  const show = () => {
    const asked = box.value.trim();
    const found = asked ? engine.search(asked) : [];
    list.replaceChildren(...found.slice(0, MOST).map(({ id, match }) => {
      const { href, title, where, text } = entries[id];
      const terms = new Set(Object.keys(match));
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = href;
      link.append(...marked(title, terms, true));
      const place = document.createElement("span");
      place.className = "soft";
      place.textContent = where;
      const said = document.createElement("p");
      said.append(...marked(text, terms, false));
      item.append(link, " ", place, said);
      return item;
    }));
    shown.textContent = !asked ? "" : found.length ? shown.dataset.found.replace("{count}", found.length) : shown.dataset.none;
    history.replaceState(null, "", asked ? `#${encodeURIComponent(asked)}` : location.pathname + location.search);
  };

  const links = () => [box, ...list.querySelectorAll("a")];
  document.addEventListener("keydown", (event) => {
    const at = links().indexOf(document.activeElement);
    if (at < 0 || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const next = links()[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  const read = () => {
    try {
      box.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      box.value = "";
    }
    show();
  };
  box.addEventListener("input", show);
  addEventListener("hashchange", read);
  read();
  box.focus();
})();
