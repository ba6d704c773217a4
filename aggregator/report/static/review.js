const token = new URLSearchParams(location.search).get("token");

const say = (text) => { byId("said").textContent = text; };

const SHORT = new Set(["verdict", "by", "at"]);
const LOOK_AGAIN = 1000; // milliseconds, while the server works something out

let state = null, busy = false, looking = null;

async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(path, { ...options, headers: { "X-Token": token, "Content-Type": "application/json" } });
  const plain = reply.headers.get("content-type").startsWith("application/json")
    ? await reply.json() : { error: await reply.text() };
  if (!reply.ok) throw new Error(plain.error);
  return plain;
}

/** Do one thing at a time; what goes wrong is said, and nothing is lost. */
async function act(path, body, done) {
  if (busy) return;
  busy = true;
  try {
    const plain = await ask(path, body);
    if (plain.told) { state = plain; draw(); }
    say(typeof done === "function" ? done(plain) : done);
  } catch (error) {
    say(wrong(error));
  } finally {
    busy = false;
  }
}

/** Look again while something is worked out or written; the question that is being read stays. */
function follow() {
  clearTimeout(looking);
  if (state.settled && !state.writing) return;
  looking = setTimeout(async () => {
    try {
      const before = state, plain = await ask("/state");
      if (busy || state !== before) return;
      state = before.question ? { ...plain, question: before.question } : plain;
      if (before.question) { drawProgress(); drawEffect(); } else draw();
      if (before.writing && !plain.writing) say(plain.trouble || "The report is written.");
      follow();
    } catch (error) {
      if (!busy) say(wrong(error));
    }
  }, LOOK_AGAIN);
}

const wrong = (error) =>
  error instanceof TypeError ? "The server does not answer: is it still running? Every answer given is kept." : error.message;

const pair = () => ({ left: state.question.left.key, right: state.question.right.key });
const answer = (word, done) => () => state.question && act("/answer", { ...pair(), word, why: byId("why").value }, done);

const KEYS = {
  y: ["One business", answer("yes", "Kept: one business.")],
  n: ["Two businesses", answer("no", "Kept: two businesses.")],
  s: ["Split the first record off all others", answer("split", "Kept: the first record stands alone.")],
  u: ["Undo", () => act("/undo", {}, (plain) => (plain.undone ? "The last answer is taken back." : "There is nothing to take back."))],
  c: ["Cannot say", answer("unsure", "Kept: nobody could say yet.")],
  k: ["Skip", answer("skip", "Skipped.")],
  e: ["Show score and evidence", () => state.question && showScore()],
  w: ["Write the report anew", () => act("/write", {}, "The report is being written; go on meanwhile.")],
};

function showScore() {
  return act("/score", pair(), (plain) => {
    byId("score").replaceChildren(make("h3", { text: `Probability ${plain.probability}` }), weights(plain.evidence));
    return "The score and the evidence are below.";
  });
}

function drawProgress() {
  const waiting = [state.settled ? "" : "Scores are being worked out again.", state.writing ? "The report is being written." : ""];
  byId("progress").textContent = [`${number(state.left)} questions left, ${number(state.decided)} pairs decided.`,
    `${state.by || "Somebody"} decides; answers are kept in ${state.file}.`, ...waiting].filter(Boolean).join(" ");
}

/** The businesses that the last answer was about, as they are now. */
function drawEffect() {
  byId("effect").replaceChildren(...state.effect.map((records) => make("li", {},
    `${records.length > 1 ? `One business of ${records.length} records: ` : "By itself: "}`,
    ...records.slice(0, 8).flatMap((one, place) => [place ? " + " : "", said(one.slice(0, 120))]))));
}

function draw() {
  drawProgress();
  drawEffect();
  follow();
  byId("contradiction").hidden = !state.contradiction;
  if (state.contradiction) byId("clashing").replaceChildren(rulings(state.contradiction, true));
  byId("question").hidden = !state.question;
  byId("finished").hidden = Boolean(state.question || state.contradiction);
  byId("told").replaceChildren(...(state.told.length ? rulings(state.told, false).childNodes : []));
  byId("untold").hidden = state.told.length > 0;
  byId("score").replaceChildren();
  byId("why").value = "";
  if (state.question) drawQuestion(state.question);
}

function drawQuestion({ left, right, joined }) {
  byId("question-title").textContent = joined ? "These are joined. Rightly so?" : "Are these one business?";
  const entries = joined
    ? [left.entries.find((one) => one.key === left.key), ...left.entries.filter((one) => one.key !== left.key)]
    : [...left.entries, ...right.entries];
  const asked = [left.key, right.key];
  const place = (entry) => (entry.key === left.key ? "first" : entry.key === right.key ? "second"
    : joined ? "joined with both" : left.entries.includes(entry) ? "joined with the first" : "joined with the second");
  byId("sides").replaceChildren(make("table", { cls: "side" },
    make("thead", {}, make("tr", {}, make("td"), ...entries.map((entry) => make("th", {
      scope: "col", cls: asked.includes(entry.key) ? "asked" : "",
    }, `${entry.account} (${place(entry)}) `, ...ways(entry.account, entry.page))))),
    make("tbody", {}, ...fieldNames(entries).filter((name) => IDENTIFYING.includes(name)).map((name) => {
      const unlike = differs(name, asked.map((key) => entries.find((entry) => entry.key === key)?.fields[name]));
      return make("tr", { cls: unlike ? "differs" : "" },
        make("th", { scope: "row" }, name, ...(unlike ? [make("span", { cls: "mark", text: "≠ differs" })] : [])),
        ...entries.map((entry) => make("td", {}, said((entry.fields[name] || "–").slice(0, 600)))));
    }))));
}

function rulings(rows, offer) {
  const head = ["First", "Second", "Said", "By", "When", "Why", ...(offer ? ["Take back"] : [])];
  return make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col", text })))),
    make("tbody", {}, ...rows.map((row) => make("tr", {},
      ...["left_called", "right_called", "verdict", "by", "at", "why"].map((name) => make("td", { cls: SHORT.has(name) ? "short" : "" }, said(row[name]))),
      ...(offer ? [make("td", {}, takeBack(row))] : [])))));
}

function takeBack(row) {
  const button = make("button", { type: "button", text: `Take back “${row.verdict}” by ${row.by || "somebody"}` });
  button.addEventListener("click", () => act("/take-back", { left: row.left, right: row.right }, "Taken back."));
  return button;
}

for (const [key, [text, run]] of Object.entries(KEYS)) {
  const button = make("button", { type: "button", cls: "yn".includes(key) ? "first" : "" }, make("kbd", { text: key }), text);
  button.addEventListener("click", run);
  byId("answers").append(button);
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target instanceof HTMLInputElement) { if (event.key === "Escape") event.target.blur(); return; }
  const found = KEYS[event.key.toLowerCase()];
  if (found) { event.preventDefault(); found[1](); }
});
ask("/state").then((plain) => { state = plain; draw(); }, (error) => say(error.message));
