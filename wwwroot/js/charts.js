// Arrow keys go from bar to bar of a chart, so that a chart is one stop of the Tab key and not ninety.
const parts = chart => [...chart.querySelectorAll("a, [role=img]")];

document.addEventListener("keydown", event => {
  const chart = event.target.closest?.("[data-roving]");
  if (!chart || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }

  const all = parts(chart);
  const at = all.indexOf(event.target);
  // In a table of seven rows up and down mean the same hour of another day.
  const cell = event.target.closest("td");
  const row = cell && { ArrowUp: cell.parentElement.previousElementSibling, ArrowDown: cell.parentElement.nextElementSibling }[event.key];
  const to = row ? row.cells[cell.cellIndex]?.querySelector("a") : { ArrowLeft: all[at - 1], ArrowRight: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
  if (at >= 0 && to) {
    event.preventDefault();
    for (const part of all) {
      part.tabIndex = part === to ? 0 : -1;
    }

    to.focus();
  }
});

// The report's button; the browser's own print command does the same.
document.addEventListener("click", event => {
  if (event.target.closest?.("[data-print]")) {
    print();
  }
});
