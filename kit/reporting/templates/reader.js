"use strict";
(() => {
  const form = document.getElementById("search");
  const box = document.getElementById("search-words");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // On the search page itself the words are looked up while they are typed.
    if (!document.getElementById("index")) location.href = `${form.dataset.page}#${encodeURIComponent(box.value.trim())}`;
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
  });

  const tools = document.getElementById("tools");
  if (!tools) return;
  const said = tools.querySelector("[role=status]");
  const say = (words) => { said.textContent = words; };
  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // Where the clipboard is closed to pages, as from a file in some browsers.
      const held = document.createElement("textarea");
      held.value = address;
      document.body.append(held);
      held.select();
      document.execCommand("copy");
      held.remove();
    }
    say(tools.dataset.copied);
  };
  const here = () => location.href.split("#")[0];
  tools.hidden = false;
  tools.querySelector("[data-do=copy]").addEventListener("click", () => copy(here()));
  tools.querySelector("[data-do=print]").addEventListener("click", () => print());
  const share = tools.querySelector("[data-do=share]");
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ title: document.title, url: here() }).catch(() => {}));
  document.querySelectorAll("main section[id] > :is(h2, h3)").forEach((heading) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-here";
    button.textContent = "#";
    button.title = tools.dataset.section;
    button.setAttribute("aria-label", `${tools.dataset.section}: ${heading.textContent.trim()}`);
    button.addEventListener("click", () => copy(`${here()}#${heading.parentElement.id}`));
    heading.append(" ", button);
  });
})();
