"use strict";
(() => {
  const table = document.getElementById("evidence");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const shown = document.getElementById("shown");
  const filters = document.getElementById("filters");
  const words = document.getElementById("words");
  const choices = [...filters.querySelectorAll("select")];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const texts = new Map(rows.map((row) => [row, [...row.cells].map((cell) => cell.textContent.trim())]));
  // What a cell is sorted by, and chosen by, where that is not its text.
  const placed = (row, column) => texts.get(row)[column] && (row.cells[column].dataset.order ?? texts.get(row)[column]);
  const holds = (row, column, value) => {
    const values = row.cells[column].dataset.values;
    return values === undefined ? texts.get(row)[column] === value : values.split(" ").includes(value);
  };
  const folded = new Map(rows.map((row) => [row, texts.get(row).join(" ").toLowerCase()]));

  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      // Blank cells stand last either way.
      rows.sort((one, two) => {
        const [a, b] = [placed(one, column), placed(two, column)];
        if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
        return down ? order(b, a) : order(a, b);
      });
      body.append(...rows);
    });
  });

  const filter = () => {
    const asked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const fits = asked.every((word) => folded.get(row).includes(word))
        && choices.every((choice) => !choice.value || holds(row, Number(choice.dataset.column), choice.value));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = `${count.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
  };
  filters.addEventListener("input", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.hidden = false;
  document.documentElement.classList.add("scripted");
})();
