"use strict";
// What both pages share. What a platform sent is only ever put in as text (textContent); the Content-Security-Policy
// forbids anything else.

// Two platforms need not agree on the rest: ids, dates and spellings of their own.
const COMPARED = new Set(["Name", "Status", "Website", "E-mail", "Phone", "Address", "Contacts", "Our number", "Their number"]);

// What tells whose a record is, in the order in which people compare it; what else a platform says comes after it.
const IDENTIFYING = ["Name", "Also called", "Status", "In its own words", "Role", "Website", "E-mail", "Phone", "Address",
  "Contacts", "Our number", "Their number", "Identifiers", "Since", "Its id"];

const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");

/** Make an element: class, text or children, and attributes. */
function make(tag, { cls, text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (cls) element.className = cls;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A partner's own words: set apart, so that right-to-left marks in them turn nothing else around. */
const said = (text) => make("bdi", { text });

/** A link that opens beside this page; only http(s) becomes one, which was checked where the address was made too. */
function link(address, ...children) {
  if (!/^https?:\/\//.test(address)) return make("span", {}, ...children);
  return make("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, ...children);
}

/** Where a record can be looked at, by people and in the API; nothing if nobody says. */
function ways(account, page, api) {
  const whose = () => make("span", { cls: "unseen", text: ` the record on ${account}` });
  const found = [...(page ? [link(page, "Open", whose())] : []), ...(api ? [link(api, "API record", whose())] : [])];
  return found.length ? [make("span", { cls: "ways" }, ...found)] : [];
}

/** Reasons, each a sentence and what it adds, with a sign that is as wide as a plus. */
const weighed = (weight) => `${Math.abs(weight) < 0.05 ? "±" : weight > 0 ? "+" : "−"}${Math.abs(weight).toFixed(1)}`;
const weights = (reasons) => make("ul", { cls: "weights" }, ...reasons.map(([sentence, weight]) => make("li", { cls: weight < 0 ? "against" : "for" },
  make("span", { cls: "figure", text: weighed(weight) }),
  make("meter", { min: 0, max: 8, value: Math.min(8, Math.abs(weight)), "aria-hidden": "true" }), said(sentence))));

/** The fields that any of these records has: first those that tell whose it is. */
function fieldNames(entries) {
  const said = new Set(entries.flatMap((entry) => Object.keys(entry.fields).filter((name) => entry.fields[name])));
  return [...IDENTIFYING.filter((name) => said.has(name)), ...[...said].filter((name) => !IDENTIFYING.includes(name))];
}

// Spellings that mean the same: an address with and without its scheme, a number with and without its country.
const MEANT = {
  Website: (text) => text.replace(/^https?:\/\//, "").replace(/^www\./, "").replace(/\/+$/, ""),
  Phone: (text) => text.replace(/\D/g, "").slice(-8),
  Contacts: (text) => (text.match(/[^\s;]+@[^\s;]+/g) ?? [text]).sort().join(), // one may know more of a person
};

/** Whether records that both say a field say it otherwise, case and outer blanks aside. */
function differs(name, values) {
  const meant = MEANT[name] ?? ((text) => text);
  const there = values.filter(Boolean).map((one) => meant(one.trim().toLocaleLowerCase()));
  return COMPARED.has(name) && new Set(there).size > 1;
}
