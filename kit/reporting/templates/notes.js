"use strict";
(() => {
  if (!HTMLElement.prototype.showPopover) return; // the links lead to the notes as they do without scripts
  const box = document.createElement("div");
  box.className = "note";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  let asked = null;

  const told = (reference) => {
    const note = document.getElementById(reference.hash.slice(1));
    const again = note.querySelector("a[data-again]");
    const copy = (again ? document.querySelector(again.hash) : note).cloneNode(true);
    copy.querySelectorAll(".footnote-back").forEach((back) => back.remove());
    copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    return [`Note ${reference.textContent.trim()}`, [...copy.childNodes]];
  };

  const place = () => {
    const at = asked.getBoundingClientRect();
    const left = Math.max(12, Math.min(at.left - 24, document.documentElement.clientWidth - box.offsetWidth - 12));
    const below = at.bottom + 6;
    const fits = below + box.offsetHeight <= innerHeight || at.top < box.offsetHeight + 12;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(fits ? below : at.top - box.offsetHeight - 6) + scrollY}px`;
  };

  const open = (asker, [name, content]) => {
    if (box.matches(":popover-open")) box.hidePopover();
    const top = document.createElement("div");
    top.className = "note-top";
    const title = document.createElement("span");
    title.textContent = name;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => box.hidePopover());
    top.append(title, close);
    box.replaceChildren(top, ...content);
    box.setAttribute("aria-label", name);
    asked = asker;
    asker.after(box); // so that the Tab key goes on from the number
    asker.setAttribute("aria-expanded", "true");
    box.showPopover();
    place();
    box.focus({ preventScroll: true });
  };

  box.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const returning = box.contains(document.activeElement) || document.activeElement === document.body;
    asked.setAttribute("aria-expanded", "false");
    if (returning) asked.focus({ preventScroll: true });
  });
  box.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) box.hidePopover();
  });

  document.querySelectorAll("a.footnote-ref").forEach((reference) => {
    reference.setAttribute("aria-expanded", "false");
    if (told(reference)[1].some((part) => part.querySelector?.(".verdict.fails"))) {
      reference.classList.add("fails");
      reference.title = "A passage behind this does not hold";
    }
    reference.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(reference, told(reference));
    });
  });
  document.querySelectorAll("span.number[title]").forEach((number) => {
    const words = document.createElement("p");
    words.textContent = number.title;
    number.removeAttribute("title");
    number.setAttribute("role", "button");
    number.setAttribute("aria-expanded", "false");
    number.tabIndex = 0;
    const show = () => open(number, ["How this number was made", [words]]);
    number.addEventListener("click", show);
    number.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show();
    });
  });
})();
