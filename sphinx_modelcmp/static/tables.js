/* Tools for the tables of comparisons. A page is complete without them: nothing here adds a fact.

   It works from a file, and under a policy that lets scripts and styles come from the site only: no handler, no style
   and no markup is written as text. */
(() => {
  "use strict";

  const UNKNOWN = ["unknown", "undisclosed", "not-applicable", "unpriced"].map((name) => `modelcmp-${name}`);
  const OUTSIDE = ".modelcmp-unseen, .modelcmp-source, .modelcmp-note, .headerlink";

  const say = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /** An element with properties, and with children: elements or texts. */
  function make(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /** The words of a cell without what only stands beside them: marks of sources, words for signs. */
  function wordsOf(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(OUTSIDE).forEach((node) => node.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  const isHighestFirst = (head) => head.classList.contains("modelcmp-highest-first");
  const rowsOf = (table) => [...table.tBodies[0].rows];
  /** Words as the reader's language has them, and numbers within them by value: 4B before 27B. */
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const valueOf = (cell) => cell.dataset.value ?? (cell.classList.contains("modelcmp-free") ? "0" : undefined);
  const isUnknown = (cell) => UNKNOWN.some((name) => cell.classList.contains(name));
  /** Cells with a value, then those with words alone, then what is not known. */
  const rankOf = (cell) => (valueOf(cell) === undefined ? 1 + isUnknown(cell) : 0);

  /** Negative where a cell comes before another: by rank, which no direction turns round, then by value or by words. */
  function order(one, other, sign) {
    const gap = rankOf(one) - rankOf(other);
    if (gap) return gap;
    const [a, b] = [one, other].map((cell) => valueOf(cell) ?? wordsOf(cell));
    const [x, y] = [one, other].map((cell) => Number(valueOf(cell)));
    return sign * (Number.isNaN(x) || Number.isNaN(y) ? compare(a, b) : x - y);
  }

  /** A control that is pressed: its tools say what came of it. */
  class Tools {
    constructor(table, region, phrases) {
      Object.assign(this, { table, phrases });
      this.status = make("span", { className: "modelcmp-status" });
      this.status.setAttribute("role", "status");
      this.bar = make("div", { className: "modelcmp-tools" });
      this.bar.setAttribute("role", "group");
      this.bar.setAttribute("aria-label", say(phrases.labelled, { label: phrases.tools, text: region.ariaLabel }));
      this.heads = [...table.tHead.rows[0].cells];
      const isAcross = table.classList.contains("modelcmp-across");
      if (isAcross) this.addDifferences();
      if (isAcross && this.heads.length > 3) this.addOrder();
      const rows = rowsOf(table).length;
      if (this.heads.length > 3 && (isAcross || rows > 3)) this.addColumns();
      if (!isAcross && rows > 2) this.heads.forEach((head, i) => this.addSorting(head, i));
      this.addCopying();
      this.bar.append(this.status);
      region.before(this.bar);
    }

    tell(name, values = {}) {
      this.status.textContent = say(this.phrases[name], values);
    }

    addDifferences() {
      const rows = rowsOf(this.table);
      const same = rows.filter((row) => !row.classList.contains("modelcmp-differs"));
      if (!same.length || same.length === rows.length) return;
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        same.forEach((row) => { row.hidden = box.checked; });
        this.tell("rows", { shown: rows.length - (box.checked ? same.length : 0), all: rows.length });
      });
      this.bar.append(make("label", {}, box, this.phrases.differences));
    }

    addColumns() {
      const list = make("div", { className: "modelcmp-columns" });
      for (const head of this.heads.slice(1)) {
        const name = wordsOf(head);
        const box = make("input", { type: "checkbox", checked: true });
        box.addEventListener("change", () => {
          const i = head.cellIndex;
          if (i < 0) return; // The calculator has taken the column away.
          [...this.table.rows].forEach((row) => { row.cells[i].hidden = !box.checked; });
          this.tell(box.checked ? "shown" : "hidden", { name });
        });
        list.append(make("label", {}, box, name));
      }
      this.bar.append(make("details", { className: "modelcmp-menu" }, make("summary", {}, this.phrases.columns), list));
    }

    /** Models that stand across are ordered by what one row says of them. */
    addOrder() {
      const rows = rowsOf(this.table);
      const written = [...this.table.rows].map((row) => [...row.cells]);
      const names = rows.map((row) => wordsOf(row.cells[0]));
      const choice = make("select", {}, make("option", { value: "" }, this.phrases.written));
      names.forEach((name, i) => choice.append(make("option", { value: i }, name)));
      const reverse = make("input", { type: "checkbox", disabled: true });
      const apply = () => {
        written.forEach((cells) => cells[0].parentNode.append(...cells));
        reverse.disabled = choice.value === "";
        if (reverse.disabled) return this.tell("restored");
        const sign = (isHighestFirst(rows[choice.value].cells[0]) ? -1 : 1) * (reverse.checked ? -1 : 1);
        const cells = [...rows[choice.value].cells];
        const places = cells.map((_, i) => i).slice(1).sort((i, j) => order(cells[i], cells[j], sign));
        written.forEach((row) => row[0].parentNode.append(row[0], ...places.map((i) => row[i])));
        return this.tell(reverse.checked ? "reversed" : "ordered", { name: names[choice.value] });
      };
      [choice, reverse].forEach((control) => control.addEventListener("change", apply));
      this.bar.append(
        make("label", {}, `${this.phrases.order} `, choice),
        make("label", {}, reverse, this.phrases.reverse),
      );
    }

    /** Rows are sorted by a column: the best first, the other way round, and as they were written. */
    addSorting(head, i) {
      const body = this.table.tBodies[0];
      const written = rowsOf(this.table);
      const name = wordsOf(head);
      const button = make("button", { type: "button", className: "modelcmp-sort" });
      button.append(...head.firstElementChild.childNodes);
      head.firstElementChild.append(button);
      const directions = ["ascending", "descending"];
      button.addEventListener("click", () => {
        const direction = directions[directions.indexOf(head.getAttribute("aria-sort")) + 1];
        this.heads.forEach((other) => other.removeAttribute("aria-sort"));
        body.append(...written);
        if (!direction) return this.tell("restored");
        head.setAttribute("aria-sort", direction);
        const sign = direction === "ascending" ? 1 : -1;
        body.append(...[...written].sort((a, b) => order(a.cells[i], b.cells[i], sign)));
        return this.tell(direction === directions[0] ? "ordered" : "reversed", { name });
      });
    }

    addCopying() {
      for (const [name, write] of [["markdown", markdown], ["csv", csv]]) {
        const button = make("button", { type: "button" }, this.phrases[name]);
        button.addEventListener("click", async () => {
          const text = write(shownOf(this.table), wordsOf(this.table.caption));
          this.tell(await copy(text) ? "copied" : "refused");
        });
        this.bar.append(button);
      }
    }
  }

  /** The words of what can be seen of a table, row by row. */
  function shownOf(table) {
    const rows = [...table.rows].filter((row) => !row.hidden);
    return rows.map((row) => [...row.cells].filter((cell) => !cell.hidden).map(wordsOf));
  }

  function markdown(rows, title) {
    const line = (cells) => `| ${cells.join(" | ")} |\n`;
    const escaped = rows.map((cells) => cells.map((text) => text.replace(/[\\|*_`<[\]]/g, "\\$&")));
    const lines = escaped.map((cells, i) => line(cells) + (i ? "" : line(cells.map(() => "---"))));
    return `${title}\n\n${lines.join("")}`;
  }

  const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
  const NUMBER = /^[+-]?\p{Sc}?\s?\d[\d.,\s]*(?:\p{Sc}|%)?$/u;

  /** Text that a spreadsheet would take for a formula, with the sign by which it does not: OWASP, “CSV Injection”. */
  const unarmed = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

  /** As RFC 4180 has it. */
  function csv(rows, title) {
    const quoted = (text) => `"${unarmed(text).replace(/"/g, '""')}"`;
    return [[title], ...rows].map((cells) => cells.map(quoted).join(",")).join("\r\n") + "\r\n";
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text); // There is no clipboard for pages that came over plain HTTP.
    }
  }

  function copyBySelection(text) {
    const area = make("textarea", { value: text, className: "modelcmp-unseen" });
    const active = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    active.focus();
    return done;
  }

  /** A region that has nothing to scroll is no stop for the keyboard. */
  function watchScrolling(region, table) {
    const update = () => {
      const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
      if (scrolls && getComputedStyle(region).overflowX !== "visible") region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    };
    const observer = new ResizeObserver(update);
    // The table, too: a font that comes late widens it, and not its region.
    [region, table].forEach((element) => observer.observe(element));
  }

  /** Each link to a source is named as in the list; of those to one source only the first is a stop for the keyboard. */
  function thinOut(links) {
    const ranked = [...links].reverse().sort((one, other) => !one.closest("details") - !other.closest("details"));
    const first = new Map(ranked.map((link) => [link.hash, link]));
    links.forEach((link) => {
      const title = document.getElementById(link.hash.slice(1)).parentElement.textContent;
      Object.assign(link, { title, tabIndex: first.get(link.hash) === link ? 0 : -1 });
    });
  }

  thinOut(document.querySelectorAll("a.modelcmp-source"));
  const data = document.getElementById("modelcmp-words");
  if (!data) return;
  const phrases = JSON.parse(data.textContent);
  for (const region of document.querySelectorAll(".modelcmp-scroll")) {
    const table = region.querySelector("table");
    new Tools(table, region, phrases);
    watchScrolling(region, table);
  }
})();
