/* The cost calculator: a form that counts the table "Monthly cost" at the reader's own workload.

   Which price counts for which tokens has been decided beforehand (compare/bill.py); what is left is
   compare/costing.py, function by function. */
(() => {
  "use strict";

  // Exact decimal numbers: n / 10^places.

  const decimal = (text) => {
    const [whole, part = ""] = text.split(".");
    return { n: BigInt(whole + part), places: part.length };
  };
  const scaled = (d, places) => d.n * 10n ** BigInt(places - d.places);
  const combined = (a, b, operation) => {
    const places = Math.max(a.places, b.places);
    return { n: operation(scaled(a, places), scaled(b, places)), places };
  };
  const plus = (a, b) => combined(a, b, (x, y) => x + y);
  const minus = (a, b) => combined(a, b, (x, y) => x - y);
  const times = (a, b) => ({ n: a.n * b.n, places: a.places + b.places });
  const isLess = (a, b) => minus(a, b).n < 0n;
  const lower = (a, b) => (isLess(b, a) ? b : a);
  const higher = (a, b) => (isLess(a, b) ? b : a);
  const ZERO = decimal("0");
  const ONE = decimal("1");
  const HUNDRED = decimal("100");
  const PERCENT = decimal("0.01");

  /** The digits before and after the decimal point, without zeros at the end. */
  const digits = (d) => {
    const all = d.n.toString().padStart(d.places + 1, "0");
    const point = all.length - d.places;
    return [all.slice(0, point), all.slice(point).replace(/0+$/, "")];
  };
  const plain = (d) => digits(d).filter(Boolean).join(".");

  const unique = (items) => [...new Set(items)];

  // How the language of the page writes numbers, money and lists.

  const grouped = (whole, separator, [last, others]) => {
    let rest = whole.slice(0, -last);
    let written = whole.slice(-last);
    while (rest) {
      written = rest.slice(-others) + separator + written;
      rest = rest.slice(0, -others);
    }
    return written;
  };
  const fractional = (part, notation) => (part ? notation.decimal + part : "");
  const numberText = (d, notation) => {
    const [whole, part] = digits(d);
    return grouped(whole, notation.group, notation.grouping) + fractional(part, notation);
  };
  const moneyText = (d, currency, notation) => {
    const [whole, part] = digits(d);
    const [before, after, decimals] = notation.currencies[currency];
    const number = grouped(whole, notation.group, notation.money_grouping);
    return before + number + fractional(part.padEnd(decimals, "0"), notation) + after;
  };
  const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const listText = (items, { lists }) => {
    if (items.length < 2) return items.join("");
    const [first, ...rest] = items;
    const last = rest.pop();
    if (!rest.length) return joined(lists[2], first, last);
    const [second, ...middle] = rest;
    const begun = middle.reduce((before, item) => joined(lists.middle, before, item), joined(lists.start, first, second));
    return joined(lists.end, begun, last);
  };
  const joined = (pattern, one, other) => pattern.replace(/\{([01])\}/g, (_, place) => (place === "0" ? one : other));

  // The costs. A workload holds decimals: requests, input, output, and in percent cache, write and batch.

  /** The requests at the standard service, and in batches. */
  const shares = ({ requests, batch }) => {
    const share = times(batch, PERCENT);
    const counts = [times(requests, minus(ONE, share)), times(requests, share)];
    return counts.map((count, service) => ({ count, service })).filter(({ count }) => count.n);
  };

  /** Of one request, each with where it starts: read from the cache, written to it, for an hour, fresh input, output,
      the request. */
  const parts = ({ input, output, cache, write, hour = ZERO }) => {
    const [cached, written, kept] = [cache, write, hour].map((share) => times(input, times(share, PERCENT)));
    const known = plus(cached, plus(written, kept));
    const inputs = [[ZERO, cached], [cached, written], [plus(cached, written), kept], [known, minus(input, known)]];
    return [...inputs, [ZERO, output], [ZERO, ONE]];
  };

  /** A part, cut where another charge begins. */
  const pieces = (steps, [start, count]) => {
    const end = plus(start, count);
    return steps.flatMap(([from, charge], i) => {
      const first = higher(start, decimal(from));
      const last = i + 1 < steps.length ? lower(end, decimal(steps[i + 1][0])) : end;
      return isLess(first, last) ? [{ charge, count: minus(last, first) }] : [];
    });
  };

  /** The charges that requests of this size come to, each with how much it is for in a month. */
  const chargesOf = (data, route, workload) =>
    shares(workload).flatMap(({ count, service }) => {
      const bands = route.services[service];
      const band = bands.filter(({ above }) => isLess(decimal(above), workload.input)).pop() ?? bands[0];
      return parts(workload).flatMap((part, i) =>
        pieces(band.steps[i], part).map((piece) => ({ ...data.charges[piece.charge], count: times(piece.count, count) })),
      );
    });

  /** The first limit that a request exceeds, else one that is disputed. An unknown one binds nothing. */
  const overLimit = ({ limits }, { input, output }) => {
    const sizes = { "too long": plus(input, output), "input too long": input, "output too long": output };
    const isOver = (place) => (name) => isLess(decimal(limits[name][place]), sizes[name]);
    const why = Object.keys(limits).find(isOver(1));
    if (why) return { why, missing: [], tokens: sizes[why], limit: decimal(limits[why][1]) };
    return Object.keys(limits).some(isOver(0)) && { why: "disputed", missing: [] };
  };

  const routeCost = (data, model, route, asked) => {
    const workload = model.answers ? asked : { ...asked, output: ZERO };
    const over = overLimit(route, workload);
    if (over) return over;
    const charges = chargesOf(data, route, workload);
    const ambiguous = charges.find(({ rivals }) => rivals);
    if (ambiguous) return { why: "ambiguous", missing: [], rivals: ambiguous.rivals };
    const missing = charges.map((charge) => charge.missing).filter(Boolean);
    if (missing.length || !route.priced) {
      const names = ["input", "output"].filter((name) => !missing.length || missing.includes(name));
      return { why: route.unpriced[names.join(" ")], missing: names };
    }
    const lines = charges.filter(({ price }) => price);
    if (lines.length && lines.every(({ price }) => !decimal(price).n)) return { why: "free", missing: [] };
    const sum = total(data, lines);
    if (!sum) return { why: "currencies", missing: [] };
    return {
      ...sum,
      route,
      currency: sum.currency ?? route.currency,
      assumed: assumed(model, route, lines, asked),
      sources: unique(lines.flatMap(({ sources }) => sources)).sort((a, b) => a - b),
    };
  };

  /** The sum in the only currency, or in the catalog's; null where it lacks a rate. */
  const total = (data, lines) => {
    const currencies = unique(lines.map(({ currency }) => currency));
    const isMixed = currencies.length > 1;
    const rates = isMixed ? currencies.filter((name) => name !== data.currency) : [];
    if (!rates.every((name) => data.rates[name])) return null;
    const factor = (name) => (rates.includes(name) ? decimal(data.rates[name].rate) : ONE);
    const amounts = lines.map(({ price, count, currency }) => times(times(decimal(price), count), factor(currency)));
    return { total: amounts.reduce(plus, ZERO), currency: isMixed ? data.currency : currencies[0], rates };
  };

  const assumed = (model, route, lines, workload) => {
    const found = new Set(lines.flatMap((line) => line.assumed));
    const used = lines.flatMap((line) => line.used);
    const charged = lines.map((line) => line.used[1]);
    const services = shares(workload).map(({ service }) => service);
    const isLacking = ([name, size]) => charged.includes(name) && isLess(decimal(size), workload.input);
    if (services.some((service) => route.hours[service].some((name) => used.includes(name)))) found.add("hours");
    const isIncomplete = services.some((service) => Object.entries(route.lacks[service]).some(isLacking));
    if (route.incomplete || isIncomplete) found.add("incomplete");
    if (!model.answers && workload.output.n) found.add("output");
    return found;
  };

  /** A cost with the most that writing to the cache could add, where the reader does not say how much is written. */
  const withWriting = (data, model, cost, workload) => {
    if (!cost.total || workload.write.n || !workload.cache.n || cost.route.ranges) return cost;
    const all = minus(HUNDRED, workload.cache);
    const most = ["write", "hour"].map((name) => routeCost(data, model, cost.route, { ...workload, [name]: all }));
    const totals = most.flatMap(({ total, currency }) => (total && currency === cost.currency ? [total] : []));
    const highest = totals.reduce(higher, cost.total);
    return isLess(cost.total, highest) ? { ...cost, writing: minus(highest, cost.total) } : cost;
  };

  const inCatalogCurrency = (data, cost) => {
    if (cost.currency === data.currency) return cost;
    const rate = data.rates[cost.currency];
    if (!rate) return null;
    const rates = unique([...cost.rates, cost.currency]);
    return { ...cost, total: times(cost.total, decimal(rate.rate)), currency: data.currency, rates };
  };

  const comparable = (data, costs) => {
    if (unique(costs.map(({ assumed }) => assumed.has("output"))).length > 1) return [];
    if (unique(costs.map(({ currency }) => currency)).length < 2) return costs;
    const converted = costs.map((cost) => inCatalogCurrency(data, cost));
    return converted.includes(null) ? [] : converted;
  };

  /** The cheapest route that has a total, else why none has. */
  const monthlyCost = (data, model, workload) => {
    const costs = model.routes.map((route) => routeCost(data, model, route, workload));
    const found = costs.filter((cost) => cost.total);
    if (!found.length) return noCost(data, model, costs);
    const pairs = found.map((own) => ({ own, common: inCatalogCurrency(data, own) }));
    const level = cheapest(pairs);
    const { own } = level.find((pair) => pair.own.currency === data.currency) ?? level[0];
    const isMixed = unique(found.map(({ currency }) => currency)).length > 1;
    const rates = isMixed ? unique(pairs.flatMap(({ common }) => common?.rates ?? [])) : own.rates;
    const also = model.offers || costs.some(({ why }) => why === "free") ? ["offers"] : [];
    const cost = withWriting(data, model, own, workload);
    const counted = inCatalogCurrency(data, own);
    const isNoMore = ({ common }) => common && counted && !isLess(common.total, counted.total);
    const least = pairs.length === 1 || pairs.every(isNoMore);
    return { ...cost, least, rates, level: level.length - 1, assumed: new Set([...cost.assumed, ...also]) };
  };

  const costAt = (data, model, route, workload) => ({
    ...withWriting(data, model, routeCost(data, model, route, workload), workload),
    least: true,
  });

  /** Complete price lists come first, then totals that can be had in the catalog's currency. */
  const cheapest = (pairs) => {
    const complete = preferred(pairs, ({ own }) => !own.assumed.has("incomplete"));
    const counted = preferred(complete, ({ common }) => common);
    const held = ({ own, common }) => common ?? own;
    const [currency] = counted.map((pair) => held(pair).currency).sort();
    const alike = counted.filter((pair) => held(pair).currency === currency);
    const lowest = alike.map((pair) => held(pair).total).reduce(lower);
    return alike.filter((pair) => !isLess(lowest, held(pair).total));
  };

  /** The items that pass a test; all where none does. */
  const preferred = (items, test) => (items.some(test) ? items.filter(test) : items);

  const noCost = (data, model, refused) => {
    if (!refused.length) return { why: model.reason, missing: [] };
    const why = data.told_first.find((reason) => refused.some((cost) => cost.why === reason));
    const told = refused.filter((cost) => cost.why === why);
    if (why !== "missing") return told.reduce((a, b) => (isLess(a.limit ?? ZERO, b.limit ?? ZERO) ? b : a));
    // What one route prices is not missing: then no single route prices everything.
    return { why, missing: told[0].missing.filter((name) => told.every(({ missing }) => missing.includes(name))) };
  };

  // The rows of the table and the notes below it, as sections/cost.py writes them.

  const partial = (months) => months.filter((cost) => cost.total && cost.assumed.has("incomplete"));
  const isWhole = (cost) => Boolean(cost.total) && !cost.assumed.has("incomplete");

  /** The month at a route, or at the cheapest one. */
  const monthAt = (data, model, workload, route) =>
    route ? costAt(data, model, route, workload) : monthlyCost(data, model, workload);

  /** True if it depends on which of the equally ranked readings is right. */
  const isDisputed = (data, { worlds }, workload, route) => {
    const text = (world) => {
      const same = route && world.routes.find(({ key }) => key === route.key);
      const { total, currency } = route && !same ? {} : monthAt(data, world, workload, same);
      return total ? plain(total) + currency : "";
    };
    return !worlds || unique(worlds.map(text)).length > 1;
  };

  /** `chosen` holds for each model the position of a route, or null for the cheapest one. */
  const counted = (data, workload, chosen) => {
    const routes = data.models.map((model, i) => model.routes[chosen[i]]);
    const months = data.models.map((model, i) => monthAt(data, model, workload, routes[i]));
    const disputed = data.models.map((model, i) => isDisputed(data, model, workload, routes[i]));
    const priced = months.flatMap((cost, i) => (cost.total ? [i] : []));
    const whole = priced.filter((i) => isWhole(months[i]) && !disputed[i]);
    const areAlike = comparable(data, priced.map((i) => months[i])).length > 0;
    const compared = areAlike ? comparable(data, whole.map((i) => months[i])) : [];
    const ranked = new Map(compared.length > 1 ? whole.map((i, place) => [i, compared[place]]) : []);
    const lowest = compared.map((cost) => cost.total).reduce(lower, compared[0]?.total);
    return { months, priced, ranked, lowest, isSettled: !disputed.includes(true) };
  };

  const rowsOf = (data, { months, ranked, lowest, isSettled }) => {
    const money = (amount, currency) => moneyText(amount, currency, data.notation);
    const [common] = ranked.values();
    const isSure = partial(months).every((cost) => cost.currency === common?.currency && isLess(lowest, cost.total));
    const isLeast = isSettled && months.every(({ total, least }) => !total || least);
    const isApart = isSure && isLeast && [...ranked.values()].some((cost) => isLess(lowest, cost.total));
    const none = { text: data.phrases.none, mark: "not-applicable" };
    return months.map((cost, i) => {
      if (!cost.total) return [withoutTotal(data, cost), none, ...(ranked.size ? [none] : [])];
      const own = ranked.get(i) ?? cost;
      const isBest = isApart && ranked.has(i) && !isLess(lowest, own.total);
      const total = money(cost.total, cost.currency);
      const asides = money(own.total, own.currency);
      const text = own.currency === cost.currency ? total : filled(data.phrases.aside, { value: total, asides });
      const apart = { text: data.phrases.apart, mark: "not-applicable" };
      const above = ranked.has(i) && minus(own.total, lowest);
      return [
        { text, value: own.total, mark: isBest ? "best" : "", sources: cost.sources },
        { text: cost.level ? filled(data.level[cost.level - 1], { route: cost.route.name }) : cost.route.name },
        ...(above ? [{ text: money(above, own.currency), value: above }] : ranked.size ? [apart] : []),
      ];
    });
  };

  const withoutTotal = (data, { why, missing, rivals, tokens, limit }) => {
    if (rivals) return { text: rivals, mark: "unknown" };
    const [text, mark] = data.reasons[why === "missing" ? [why, ...missing].join(" ") : why];
    if (!limit) return { text, mark };
    const [over, most] = [tokens, limit].map((number) => numberText(number, data.notation));
    return { text: filled(text, { tokens: over, limit: most }), mark };
  };

  const notesOf = (data, { months, priced, ranked }) => {
    const notes = Object.entries(data.assumptions).flatMap(([name, phrase]) => {
      const names = priced.filter((i) => months[i].assumed.has(name)).map((i) => data.models[i].name);
      return names.length ? [{ text: filled(phrase, { models: listText(names, data.notation) }) }] : [];
    });
    const writing = priced.filter((i) => months[i].writing).map((i) => {
      const amount = moneyText(months[i].writing, months[i].currency, data.notation);
      return { text: filled(data.phrases.writing, { model: data.models[i].name, amount }) };
    });
    const rates = unique([...priced.map((i) => months[i]), ...ranked.values()].flatMap((cost) => cost.rates));
    return [...notes, ...writing, ...rates.map((name) => data.rates[name])];
  };

  /** Why totals are not set against each other; empty where they are. */
  const verdict = (data, { months, priced, ranked }) => {
    const currencies = unique(priced.map((i) => months[i].currency)).sort();
    if (currencies.length > 1 && !ranked.size) {
      return filled(data.phrases.not_compared, { currencies: listText(currencies, data.notation) });
    }
    return months.length > 1 && !months.every(isWhole) ? data.phrases.some_without : "";
  };

  const announcement = (data, result) => {
    const { ranked, lowest } = result;
    if (!ranked.size || partial(result.months).length) return verdict(data, result);
    const cheapest = [...ranked].filter(([, cost]) => !isLess(lowest, cost.total));
    const names = cheapest.map(([i]) => data.models[i].name);
    const [[, { currency }]] = cheapest;
    const text = { total: moneyText(lowest, currency, data.notation), models: listText(names, data.notation) };
    return filled(data.phrases.lowest, text);
  };

  // What a reader writes. Numbers are bound as those of a catalog are: see read_number in catalog/scalars.py.

  const MOST_DIGITS = 30;
  const COUNTS = ["requests", "input", "output"];

  /** What is wrong with a number: the name of a phrase, or nothing. */
  const fault = (name, number) => {
    const [whole, part] = digits(number);
    const known = (whole + part).replace(/^0+|0+$/g, "");
    const leading = whole.length > 1 || whole > "0" ? whole.length - 1 : part.search(/[1-9]/) + 1;
    if (known.length > MOST_DIGITS || leading > MOST_DIGITS) return "long";
    if (name === "requests" && (part || !number.n)) return "whole";
    if (!COUNTS.includes(name) && isLess(HUNDRED, number)) return "percent";
    return "";
  };

  /** Digits of other scripts as ours, without marks of direction and the percent sign. */
  const simplified = (text, { decimal: point, group }) =>
    text
      .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15)
      .replace(/\u066b/g, point)
      .replace(/\u066c/g, group)
      .replace(/[\u061c\u200e\u200f]/g, "")
      .trim();

  /** A number in the language of the page, whole or grouped: spaces and apostrophes group in any language. */
  const pattern = ({ decimal: point, group }) => {
    const separator = `[\\s'\u2019\\${group}]`;
    return new RegExp(`^(\\d+|\\d{1,3}(${separator})(?:\\d{2,3}\\2)*\\d{3})(?:\\${point}(\\d+))?$`);
  };

  const read = (name, written, notation) => {
    const isCount = COUNTS.includes(name);
    const held = simplified(written, notation);
    const text = isCount ? held : held.replace(/\s*[%\u066a]$/, "");
    if (!text) return { fault: "empty" };
    if (/^[-\u2212\u2013]/.test(text)) return { fault: "negative" };
    if (text.length > 4 * MOST_DIGITS) return { fault: "long" };
    const [, whole, separator, part] = pattern(notation).exec(text) ?? [];
    if (!whole) return { fault: "unreadable" };
    const number = decimal(whole.replace(/\D/g, "") + (part ? `.${part}` : ""));
    // Three decimals are thousands to readers of other languages; nobody counts in thousandths of tokens.
    if (isCount && !separator && part?.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) {
      return { fault: "ambiguous", one: numberText(number, notation), other: numberText(decimal(whole + part), notation) };
    }
    return { number, fault: fault(name, number) };
  };

  /** Two shares of the input, of tokens that are not the same. */
  const isOver = ({ cache, write }) => isLess(HUNDRED, plus(cache, write));

  // The form.

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const put = (element, name, value) => {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };

  const WIDEST = 12; // Characters before the decimal sign: the style sheet has a class for each width.

  /** A figure parted at its decimal sign, as nodes/inlines.py and ext/dressing.py have it. */
  const whole = (text, { decimal: point }) => (text.includes(point) ? text.slice(0, text.indexOf(point, text.search(/\d/))) : text);

  /** The cells of the cost table, which can be written over and put back as they were. */
  class CostTable {
    constructor(table, { heads, notation, phrases }, sourceMarks) {
      Object.assign(this, { sourceMarks, notation, phrases });
      this.cells = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
      this.written = this.cells.flat().map((cell) => {
        const holder = cell.querySelector("p") ?? cell;
        const [marks, value] = [cell.getAttribute("class"), cell.getAttribute("data-value")];
        return { cell, marks, value, holder, nodes: [...holder.childNodes] };
      });
      this.addColumn(table, heads[3]);
    }

    /** The last column is there only while totals are set against each other. */
    addColumn(table, head) {
      const rows = [...table.tHead.rows, ...table.tBodies[0].rows];
      this.hasDifferences = rows[0].cells.length > 3;
      this.column = rows.map((row, i) => {
        if (this.hasDifferences) return { row, cell: row.cells[3], next: row.cells[3].nextSibling };
        const cell = make(i ? "td" : "th", i ? {} : { class: "head", scope: "col" }, make("p", {}, i ? "" : head));
        if (i) this.cells[i - 1].push(cell);
        return { row, cell, next: null };
      });
    }

    setColumn(isShown) {
      for (const { row, cell, next } of this.column) {
        if (isShown) row.insertBefore(cell, next);
        else cell.remove();
      }
    }

    show(rows) {
      this.setColumn(rows[0].length > 2);
      const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => (row[j].value ? this.whole(row[j]).length : 0))));
      rows.forEach((row, i) => row.forEach((content, j) => this.write(this.cells[i][j], content, widths[j])));
    }

    whole({ text }) {
      return whole(text, this.notation);
    }

    write(cell, content, width) {
      const { value, mark, sources } = content;
      const holder = cell.querySelector("p") ?? cell;
      const said = value ? this.amount(content, Math.min(width, WIDEST)) : content.text;
      holder.replaceChildren(said, ...this.links(sources));
      if (mark === "best") holder.append(make("span", { class: "modelcmp-unseen" }, ` (${this.phrases.best})`));
      put(cell, "class", mark ? `modelcmp-${mark}` : null);
      put(cell, "data-value", value ? plain(value) : null);
    }

    links(sources = []) {
      const marks = sources.map((number) => this.sourceMarks.get(number)).filter(Boolean);
      return marks.flatMap((link) => [" ", link.cloneNode(true)]);
    }

    amount(content, width) {
      const before = this.whole(content);
      const aligned = make("span", { class: `modelcmp-whole modelcmp-whole-${width}` }, before);
      return make("span", { class: "modelcmp-amount" }, aligned, content.text.slice(before.length));
    }

    restore() {
      this.setColumn(this.hasDifferences);
      for (const { cell, marks, value, holder, nodes } of this.written) {
        holder.replaceChildren(...nodes);
        // In the order that they were written in: the table is the same to the letter.
        ["class", "data-value"].forEach((name) => put(cell, name, null));
        put(cell, "data-value", value);
        put(cell, "class", marks);
      }
    }
  }

  /** The part of a page's address that is about one comparison: what differs from the page's own workload. */
  class Address {
    constructor(id) {
      this.prefix = `${id}.`;
    }

    read() {
      const held = [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith(this.prefix));
      return held.map(([name, value]) => [name.slice(this.prefix.length), value]);
    }

    write(values) {
      const url = new URL(location.href);
      for (const [name] of this.read()) url.searchParams.delete(this.prefix + name);
      for (const [name, value] of values) url.searchParams.set(this.prefix + name, value);
      if (url.href === location.href) return;
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // A frame, or a browser that was asked too often: the numbers are in the table all the same.
      }
    }
  }

  class Calculator {
    constructor(template, table) {
      this.data = JSON.parse(template.content.querySelector("script").textContent);
      const links = [...template.content.querySelectorAll("a")];
      const marks = new Map(links.map((link) => [Number(link.textContent.slice(1, -1)), link]));
      this.id = template.dataset.section;
      this.table = new CostTable(table, this.data, marks);
      this.address = new Address(this.id);
      this.own = Object.fromEntries(Object.entries(this.data.own).map(([name, text]) => [name, decimal(text)]));
      this.values = { ...this.own };
      this.chosen = this.data.models.map(() => null);
      this.build(template, table);
      this.begin();
    }

    build(template, table) {
      const { phrases } = this.data;
      this.inputs = new Map(Object.keys(this.data.fields).map((name) => [name, this.field(name)]));
      this.selects = this.data.models.map((model, i) => (model.routes.length > 1 ? this.select(model, i) : null));
      this.status = make("p", { class: "modelcmp-calc-status", role: "status" });
      this.notice = make("p", { class: "modelcmp-calc-own", hidden: "" }, phrases.own);
      this.notes = make("ul", { class: "modelcmp-calc-notes", hidden: "" });
      const reset = make("button", { type: "button", class: "modelcmp-calc-reset" }, phrases.reset);
      reset.addEventListener("click", () => this.reset());
      const boxes = [...this.inputs.values()].map(({ box }) => box);
      const fields = make("fieldset", {}, make("legend", {}, phrases.legend), ...boxes, ...this.routes(), reset);
      const tool = make("details", { class: "modelcmp-menu modelcmp-fold modelcmp-fold-narrow" }, make("summary", {}, phrases.legend), fields);
      const form = make("form", { class: "modelcmp-calc", autocomplete: "off" }, tool, this.status);
      form.addEventListener("submit", (event) => event.preventDefault());
      template.after(form);
      // Below all that a theme has put around the table. The notes that stand there make way for the reader's own.
      const blocks = [...template.parentElement.children].filter((block) => !block.matches(".modelcmp-key"));
      const place = blocks.findIndex((block) => block.contains(table));
      this.replaced = blocks.slice(place + 1, place + 1 + this.data.notes);
      blocks[place].after(this.notes, this.notice);
    }

    field(name) {
      const id = `modelcmp-${this.id}-${name}`;
      const input = make("input", { id, type: "text", inputmode: "decimal", spellcheck: "false" });
      const message = make("p", { id: `${id}-error`, class: "modelcmp-calc-error", hidden: "" });
      const label = make("label", { for: id }, this.data.fields[name]);
      input.addEventListener("input", () => this.take(name));
      return { input, message, box: make("div", { class: "modelcmp-calc-field" }, label, input, message) };
    }

    select(model, i) {
      const id = `modelcmp-${this.id}-route-${i}`;
      const { phrases } = this.data;
      const options = model.routes.map(({ label }, place) => make("option", { value: place }, label));
      const select = make("select", { id }, make("option", { value: "" }, phrases.cheapest), ...options);
      const label = make("label", { for: id }, filled(phrases.route, { model: model.name }));
      select.addEventListener("change", () => {
        this.chosen[i] = select.value === "" ? null : Number(select.value);
        this.update();
      });
      return { select, box: make("div", { class: "modelcmp-calc-field" }, label, select) };
    }

    routes() {
      const boxes = this.selects.filter(Boolean).map(({ box }) => box);
      const summary = make("summary", {}, this.data.phrases.routes);
      return boxes.length ? [make("details", { class: "modelcmp-menu modelcmp-calc-routes" }, summary, ...boxes)] : [];
    }

    /** Take a field that the reader has changed, or say what is wrong with it. */
    take(name) {
      const { input } = this.inputs.get(name);
      const found = read(name, input.value, this.data.notation);
      const values = { ...this.values, [name]: found.number };
      if (!found.fault && isOver(values)) found.fault = "shares";
      this.complain(name, found);
      if (found.fault) return;
      this.values = values;
      this.update();
      // What was too much beside the old number may fit beside the new one.
      for (const [other, { message }] of this.inputs) if (!message.hidden) this.take(other);
    }

    complain(name, found) {
      const { input, message } = this.inputs.get(name);
      const { phrases, notation } = this.data;
      const { fault } = found;
      const values = { ...found, example: numberText(decimal("1234.5"), notation), most: MOST_DIGITS };
      message.hidden = !fault;
      message.textContent = fault ? filled(phrases[fault], values) + phrases.gap + phrases.kept : "";
      put(input, "aria-invalid", fault ? "true" : null);
      put(input, "aria-describedby", fault ? message.id : null);
    }

    /** The names and values that differ from the page's own workload, as an address has them. */
    changes() {
      const values = Object.entries(this.values).map(([name, value]) => [name, plain(value)]);
      const routes = this.chosen.flatMap((place, i) => {
        const { id, routes: held } = this.data.models[i];
        return place === null ? [] : [[`route.${id}`, held[place].key]];
      });
      return [...values.filter(([name, text]) => text !== plain(this.own[name])), ...routes];
    }

    update() {
      const changes = this.changes();
      if (changes.length) this.show();
      else this.restore();
      clearTimeout(this.timer);
      // Not with every key: a screen reader would never come to an end, and browsers count changes of the address.
      this.timer = setTimeout(() => {
        this.status.textContent = this.said;
        this.address.write(changes);
      }, 500);
    }

    show() {
      const result = counted(this.data, this.values, this.chosen);
      this.table.show(rowsOf(this.data, result));
      const why = verdict(this.data, result);
      const notes = [...notesOf(this.data, result), ...(why ? [{ text: why }] : [])];
      const items = notes.map(({ text, sources }) => make("li", {}, text, ...this.table.links(sources)));
      this.notes.replaceChildren(...items);
      this.reveal(true);
      this.said = announcement(this.data, result);
    }

    restore() {
      this.table.restore();
      this.reveal(false);
      this.said = this.data.phrases.restored;
    }

    /** Show what is about the reader's own numbers, or what is about those of the page. */
    reveal(isOwn) {
      this.notice.hidden = !isOwn;
      this.notes.hidden = !isOwn || !this.notes.childElementCount;
      for (const block of this.replaced) block.hidden = isOwn;
    }

    reset() {
      this.values = { ...this.own };
      this.chosen.fill(null);
      this.write();
      this.update();
    }

    /** Write the numbers and routes into the form. */
    write() {
      for (const [name, { input }] of this.inputs) {
        input.value = numberText(this.values[name], this.data.notation);
        this.complain(name, {});
      }
      this.selects.forEach((held, i) => {
        if (held) held.select.value = this.chosen[i] ?? "";
      });
    }

    /** Begin with what the address says. What cannot be used of it is named. */
    begin() {
      // A share may fit only once the other one has been read.
      const isRefused = ([name, value]) => !this.accept(name, value);
      const ignored = this.address.read().filter(isRefused).filter(isRefused);
      this.write();
      if (this.changes().length) this.show();
      if (!ignored.length) return;
      const names = listText(ignored.map(([name]) => name.slice(0, 40)), this.data.notation);
      this.status.textContent = filled(this.data.phrases.ignored, { names });
    }

    accept(name, value) {
      return name.startsWith("route.") ? this.acceptRoute(name.slice(6), value) : this.acceptNumber(name, value);
    }

    acceptRoute(id, key) {
      const i = this.data.models.findIndex((model) => model.id === id);
      const place = this.data.models[i]?.routes.findIndex((route) => route.key === key) ?? -1;
      if (place >= 0) this.chosen[i] = place;
      return place >= 0;
    }

    acceptNumber(name, value) {
      const isNumber = this.inputs.has(name) && /^\d{1,120}(\.\d{1,120})?$/.test(value);
      const values = { ...this.values, [name]: isNumber && decimal(value) };
      if (!isNumber || fault(name, values[name]) || isOver(values)) return false;
      this.values = values;
      return true;
    }
  }

  /** The table of a calculator. Themes take away the sections around both, and the classes of tables. */
  const tableAfter = (template) => {
    let block = template.nextElementSibling;
    while (block && !block.matches("table, :has(table)")) block = block.nextElementSibling;
    return block?.matches("table") ? block : block?.querySelector("table");
  };

  const calculators = () => {
    for (const template of document.querySelectorAll("template.modelcmp-calculator")) {
      const table = tableAfter(template);
      if (table) new Calculator(template, table);
    }
  };

  calculators();
})();
