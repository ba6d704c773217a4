/** Read a block of compressed JSON. */
async function unpack(name) {
  const packed = atob(JSON.parse(byId(`data-${name}`).textContent));
  const bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const PAGE = 25;
const PRINTED = 1000;
const MARKS = { error: "✖", warning: "▲", info: "●" };

/** Lines in pages: `show` draws a slice, the pager moves through it. */
function paged(pager, count, show, noun) {
  let rows = [], page = 0;
  const back = make("button", { type: "button", text: `Previous ${noun}` });
  const next = make("button", { type: "button", text: `Next ${noun}` });
  const where = make("span");
  pager.append(back, next, where);
  function draw(size = PAGE) {
    const start = page * PAGE;
    const end = Math.min(start + size, rows.length);
    show(rows.slice(start, end));
    where.textContent = rows.length ? `${number(start + 1)}–${number(end)} of ${number(rows.length)}` : ""; // printed too
    back.disabled = page === 0;
    next.disabled = end >= rows.length;
  }
  const turn = (step) => { page += step; draw(); };
  back.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  addEventListener("beforeprint", () => { page = 0; draw(PRINTED); });
  addEventListener("afterprint", () => draw());
  return (list, all) => {
    rows = list; page = 0;
    pager.hidden = list.length <= PAGE;
    count.textContent = list.length ? `${number(list.length)} ${list.length === 1 ? noun.slice(0, -1) : noun}`
      : all.length ? `No ${noun} fit. Search for less, or choose “all” and “any” above.`
        : `There are no ${noun}.`;
    draw();
  };
}

function later(wait) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(wait, 80); };
}

const severity = (word) =>
  make("span", { cls: `severity ${word}` }, make("span", { text: MARKS[word], "aria-hidden": "true" }), ` ${word}`);

/* ---- theme ---- */

function setUpTheme() {
  const root = document.documentElement;
  try { if (localStorage.theme) root.dataset.theme = localStorage.theme; } catch { /* from disk, it may be forbidden */ }
  byId("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.theme = root.dataset.theme; } catch { /* as above */ }
  });
}

/** What people call an account: "crux (acme)" for crux:acme. */
const names = new Map();
const called = (label) => names.get(label) ?? label;

/* ---- partners: [name, id, statuses by account, findings by severity, words, orders] ---- */

function partnerTable(index) {
  const head = document.querySelector("#partner-table thead"), body = document.querySelector("#partner-table tbody");
  const withOrders = index.partners.some((row) => row[5] !== null);
  const columns = [
    ["Partner", (row) => row[0].toLocaleLowerCase()],
    ...index.accounts.map((label) => [called(label), (row) => (row[2][label] ? `0${row[2][label].join()}` : "1")]),
    ...(withOrders ? [["Orders, 7 days", (row) => row[5] ?? -1]] : []),
    ["Findings", (row) => row[3][0] * 1e6 + row[3][1] * 1e3 + row[3][2]],
  ];
  let sorted = 0, rising = true;
  const show = paged(byId("partner-pager"), byId("partner-count"), draw, "partners");

  function draw(rows) {
    body.replaceChildren(...rows.map((row) => make("tr", {},
      make("th", { scope: "row" }, opener(index.places.get(row[1]), row[0])),
      ...index.accounts.map((label) => standing(label, row[2][label])),
      ...(withOrders ? [make("td", { cls: "figure", "data-name": "Orders, 7 days", text: row[5] === null ? "not said" : number(row[5]) })] : []),
      make("td", {}, ...tally(row[3])))));
  }

  function standing(label, statuses) {
    const name = { "data-name": called(label) };
    if (!statuses) return make("td", { cls: "absent", text: "not there", ...name });
    const word = statuses.map((one) => one || "there").join(", ");
    return make("td", { text: statuses.length > 1 ? `${word} (${statuses.length}×)` : word, ...name });
  }

  function tally(counts) {
    const found = ["error", "warning", "info"].filter((_, place) => counts[place]);
    return found.flatMap((word) => {
      const many = counts[["error", "warning", "info"].indexOf(word)];
      const plural = many > 1 && word !== "info" ? "s" : "";
      const chip = make("span", { cls: `severity ${word}` }, make("span", { text: MARKS[word], "aria-hidden": "true" }), ` ${many} ${word}${plural}`);
      return [chip, " "];
    });
  }

  const filters = ["search", "on", "off", "status", "findings"].map((name) => byId(`partner-${name}`));
  const [search, on, off, status, findings] = filters;
  for (const select of [on, off]) select.append(...accountOptions(index));
  const words = new Set(index.partners.flatMap((row) => Object.values(row[2]).flat()).filter(Boolean));
  for (const word of [...words].sort()) status.append(make("option", { text: word }));
  const haystacks = new Map(index.partners.map((row) => [row, `${row[0]} ${row[1]} ${row[4]}`.toLocaleLowerCase()]));

  function filter() {
    const sought = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const rows = index.partners.filter((row) =>
      sought.every((word) => haystacks.get(row).includes(word))
      && (!on.value || row[2][on.value]) && (!off.value || !row[2][off.value])
      && (!status.value || Object.values(row[2]).some((some) => some.includes(status.value)))
      && grave(row[3], findings.value));
    const [, key] = columns[sorted];
    const keys = new Map(rows.map((row) => [row, key(row)]));
    const order = (one, other) => (keys.get(one) < keys.get(other) ? -1 : keys.get(one) > keys.get(other) ? 1 : 0);
    show(rows.sort((one, other) => (rising ? 1 : -1) * order(one, other)), index.partners);
  }

  function grave(counts, wanted) {
    if (wanted === "") return true;
    const any = counts.some(Boolean);
    return wanted === "some" ? any : wanted === "none" ? !any : counts[Number(wanted)] > 0;
  }

  const line = make("tr");
  columns.forEach(([name], place) => {
    const button = make("button", { type: "button", text: name });
    const cell = make("th", { scope: "col", cls: name === "Orders, 7 days" ? "figure" : "" }, button);
    if (place === 0) cell.setAttribute("aria-sort", "ascending");
    button.addEventListener("click", () => {
      rising = sorted === place ? !rising : !["Findings", "Orders, 7 days"].includes(name);
      sorted = place;
      for (const other of line.children) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", rising ? "ascending" : "descending");
      filter();
    });
    line.append(cell);
  });
  head.replaceChildren(line);
  for (const one of filters) one.addEventListener("input", later(filter));
  filter();
}

const accountOptions = (index) => index.accounts.map((label) => make("option", { value: label, text: called(label) }));

function opener(place, text, word = "") {
  const shown = text.length > 160 ? `${text.slice(0, 160)}…` : text || "(no name)";
  const button = make("button", { type: "button", cls: "open" }, word, said(shown));
  button.addEventListener("click", () => { location.hash = `partner=${place}`; });
  return button;
}

/* ---- status against status ---- */

function statusMatrix(index) {
  const rows = byId("matrix-rows"), columns = byId("matrix-columns");
  for (const select of [rows, columns]) select.append(...accountOptions(index));
  columns.selectedIndex = Math.min(1, index.accounts.length - 1);
  // The two that say most: the first pair that both have statuses.
  const talking = index.accounts.map((label) => index.partners.some((row) => row[2][label]?.some(Boolean)));
  const places = talking.flatMap((talks, place) => (talks ? [place] : []));
  if (places.length > 1) [rows.selectedIndex, columns.selectedIndex] = places;

  function draw() {
    const counts = new Map();
    const word = (row, label) => (row[2][label] ? row[2][label][0] || "there" : "not there");
    for (const row of index.partners) {
      const pair = `${word(row, rows.value)}\n${word(row, columns.value)}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    const order = ["active", "onboarding", "pending", "suspended", "ended", "unknown", "there", "not there"];
    const used = (side) => order.filter((one) => [...counts.keys()].some((pair) => pair.split("\n")[side] === one));
    const across = used(1);
    byId("matrix").replaceChildren(make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col", text: `${called(rows.value)} ↓  ${called(columns.value)} →` }),
        ...across.map((one) => make("th", { scope: "col", text: one })))),
      make("tbody", {}, ...used(0).map((one) => make("tr", {}, make("th", { scope: "row", text: one }),
        ...across.map((other) => cell(one, other, counts.get(`${one}\n${other}`))))))));
  }

  function cell(one, other, count) {
    if (!count) return make("td", { cls: "figure", text: "·" });
    const silent = ["there", "not there"];
    const compared = !silent.includes(one) && !silent.includes(other);
    const mark = compared ? (one === other ? " =" : " ≠") : "";
    return make("td", { cls: `figure ${compared ? (one === other ? "agree" : "disagree") : ""}`, text: number(count) + mark });
  }

  for (const select of [rows, columns]) select.addEventListener("input", draw);
  if (index.accounts.length) draw();
}

/* ---- findings: [severity, code, message, partner, accounts, field, claims, evidence, records] ---- */

function claimsTable(claims) {
  const linked = claims.some(([, , , page, api]) => page || api);
  const heads = ["Platform", "Says", "In its own words", ...(linked ? ["Its record"] : [])];
  return make("table", { cls: "claims" },
    make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })))),
    make("tbody", {}, ...claims.map(([account, value, native, page, api]) => make("tr", {}, make("th", { scope: "row", text: called(account) }),
      make("td", {}, said(value ?? "nothing")), make("td", {}, said(native ?? value ?? "–")),
      ...(linked ? [make("td", {}, ...ways(called(account), page, api))] : [])))));
}

function findingItem(index, finding) {
  const [grave, code, message, partner, , , claims, evidence, records] = finding;
  const about = make("div", { cls: "about" }, make("span", { text: code }));
  if (partner !== null) about.append(opener(partner, index.partners[partner][0], "Open "));
  for (const [account, page, api] of records) about.append(make("span", {}, `${called(account)}: `, ...ways(called(account), page, api)));
  if (claims.length || evidence.length) {
    const box = make("details", {}, make("summary", { text: claims.length ? "What each platform says" : "Evidence" }));
    if (claims.length) box.append(claimsTable(claims));
    if (evidence.length) box.append(make("ul", {}, ...evidence.map((one) => make("li", {}, said(one)))));
    about.append(box);
  }
  const what = make("div", { cls: "what" }, make("p", { cls: message.length > 600 ? "long" : "" }, said(message)), about);
  return make("li", {}, make("div", {}, severity(grave)), what);
}

function findingList(index, findings) {
  const list = byId("finding-list");
  const show = paged(byId("finding-pager"), byId("finding-count"),
    (some) => list.replaceChildren(...some.map((one) => findingItem(index, one))), "findings");
  const [search, grave, code] = ["search", "severity", "code"].map((name) => byId(`finding-${name}`));
  function filter() {
    const sought = search.value.toLocaleLowerCase();
    show(findings.filter((one) => (!grave.value || one[0] === grave.value) && (!code.value || one[1] === code.value)
      && (!sought || one[2].toLocaleLowerCase().includes(sought))), findings);
  }
  for (const one of [search, grave, code]) one.addEventListener("input", later(filter));
  filter();
}

/* ---- one partner ---- */

const chunks = new Map();

async function details(index, place) {
  const chunk = Math.floor(place / index.chunk);
  if (!chunks.has(chunk)) chunks.set(chunk, await unpack(chunk));
  const { partners, ...rest } = chunks.get(chunk);
  return { ...partners[place % index.chunk], ...rest, place };
}

function sideBySide(entries) {
  const rows = fieldNames(entries).map((name) => {
    const values = entries.map((entry) => entry.fields[name]);
    const unlike = differs(name, values);
    const mark = unlike ? [make("span", { cls: "mark", text: "≠ differs" })] : [];
    return make("tr", { cls: unlike ? "differs" : "" }, make("th", { scope: "row" }, name, ...mark),
      ...values.map((one) => make("td", {}, !one ? make("span", { cls: "absent", text: "not said" }) : cut(one))));
  });
  return make("div", { cls: "scroll", tabindex: "0", role: "region", "aria-label": "Records side by side" }, make("table", { cls: "side" },
    make("thead", {}, make("tr", {}, make("td"), ...entries.map((entry) => make("th", { scope: "col" }, called(entry.account),
      " ", ...ways(called(entry.account), entry.page, entry.records.find((one) => one.api)?.api))))),
    make("tbody", {}, ...rows)));
}

function cut(text) {
  const element = said(text);
  if (text.length > 400) { element.className = "long"; element.tabIndex = 0; }
  return element;
}

/** Why a pair is what it is: [left, right, probability, decision, [[number of a sentence, weight]]]. */
function evidenceOf([left, right, probability, decision, reasons], { place, others, sentences }) {
  const verdict = { match: "one business", review: "a person should look", no: "two businesses" }[decision];
  const whose = (key) => {
    const [home, account, name] = others[key];
    return [home === place ? said(name || "(no name)") : opener(home, name), ` on ${called(account)}`];
  };
  return make("div", {}, make("h4", {}, ...whose(left), " and ", ...whose(right)),
    make("p", { text: `Probability ${probability}: ${verdict}.` }),
    weights(reasons.map(([sentence, weight]) => [sentences[sentence], weight])));
}

function recordBox(record) {
  const box = make("details", {}, make("summary", { text: record.key }),
    make("p", { cls: "small", text: `Read from ${record.request}, page ${record.number}, at ${record.pointer}` }),
    ...ways(record.key, record.page, record.api),
    ...(record.api ? [make("p", { cls: "small", text: "The address of the API answers only with the account's credentials." })] : []));
  // The text is written when somebody opens it: raw records are long.
  box.addEventListener("toggle", () => {
    if (box.open && !box.querySelector("pre")) box.append(make("pre", { tabindex: "0", text: JSON.stringify(record.raw, null, 2) }));
  });
  return box;
}

async function openPartner(index, findings, place) {
  const row = index.partners[place];
  if (!row) return;
  const detail = await details(index, place), { entries, pairs } = detail;
  const [joined, open] = [pairs.filter((pair) => pair[3] === "match"), pairs.filter((pair) => pair[3] !== "match")];
  const own = (await findings).filter((one) => one[3] === place);
  byId("partner-name").replaceChildren(said(row[0].slice(0, 300) || "(no name)"));
  const body = byId("partner-body");
  body.replaceChildren(make("p", { cls: "small", text: `Partner ${row[1]}` }),
    make("h3", { text: "Findings" }),
    ...(own.length ? [make("ol", { cls: "findings" }, ...own.map((one) => findingItem(index, [...one.slice(0, 3), null, ...one.slice(4)])))]
      : [make("p", { text: "None: nothing disagrees." })]),
    make("h3", { text: entries.length > 1 ? "Records side by side" : "Record" }), sideBySide(entries),
    ...(joined.length ? [make("h3", { text: "Why these are one business" }), ...joined.map((pair) => evidenceOf(pair, detail))]
      : entries.length > 1 ? [] : [make("p", { text: `Only on ${called(entries[0].account)}; nothing was joined.` })]),
    ...(open.length ? [make("h3", { text: "Perhaps one business too: a person should look" }), ...open.map((pair) => evidenceOf(pair, detail))] : []),
    make("div", { id: "partner-raw" }, make("h3", { text: "The platforms' own records" }),
      ...entries.flatMap((entry) => entry.records.map(recordBox))));
  const dialog = byId("partner");
  if (!dialog.open) dialog.showModal();
  byId("partner-name").focus();
}

/* ---- all of it ---- */

async function start() {
  setUpTheme();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); // paint what is there already
  const index = await unpack("index");
  index.accounts.forEach((label, place) => names.set(label, index.called[place]));
  index.places = new Map(index.partners.map((row, place) => [row[1], place]));
  partnerTable(index);
  statusMatrix(index);
  const findings = unpack("findings");
  findingList(index, await findings);
  const dialog = byId("partner");
  byId("partner-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  const follow = () => {
    const found = /^#partner=(\d+)$/.exec(location.hash);
    if (found) openPartner(index, findings, Number(found[1]));
  };
  addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset.ready = "yes";
}

start();
