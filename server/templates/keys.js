// Single keys for the pages of review. Without this script everything works by buttons, links and access keys.
"use strict";

(() => {
  const review = document.querySelector(".review");
  if (!review) return;
  const rows = [...document.querySelectorAll(".queue .waits")];
  const bulk = document.getElementById("bulk");
  const every = document.getElementById("every");
  const said = document.querySelector(".said");
  const keysOn = document.getElementById("keys-on");
  /** What this page has done, the latest last: rows, and the batch by which it is taken back. */
  const done = [];
  /** Requests go one after the other, so that they are done in the order in which they were decided. */
  let sending = Promise.resolve();

  // Keys that decide can be turned off (WCAG 2.1, 2.1.4).
  const STORED = "review-keys";
  if (keysOn) {
    keysOn.closest(".scripted").hidden = false;
    keysOn.checked = localStorage.getItem(STORED) !== "off";
    keysOn.addEventListener("change", () => localStorage.setItem(STORED, keysOn.checked ? "on" : "off"));
  }
  const keysAreOn = () => localStorage.getItem(STORED) !== "off";
  document.documentElement.classList.toggle("keyed", keysAreOn());
  keysOn?.addEventListener("change", () => document.documentElement.classList.toggle("keyed", keysAreOn()));

  const say = (text, canUndo = false) => {
    if (!said) return;
    said.querySelector("span").textContent = text;
    said.querySelector("button").hidden = !canUndo;
    said.hidden = !text;
  };
  const box = (row) => row.querySelector("input[name=pair][type=checkbox]");
  const pairOf = (row) => box(row).value;
  const waits = (row) => !row.dataset.done;
  const here = () => document.querySelector(".queue .waits.here");

  const goTo = (row) => {
    if (!row) return;
    rows.forEach((other) => {
      const isHere = other === row;
      other.classList.toggle("here", isHere);
      isHere ? other.setAttribute("aria-current", "true") : other.removeAttribute("aria-current");
    });
    row.focus({ preventScroll: true });
    const { top, bottom } = row.getBoundingClientRect();
    const bar = bulk ? bulk.getBoundingClientRect().bottom : 0;
    if (top < bar || bottom > window.innerHeight) row.scrollIntoView({ block: "center" });
  };
  const move = (by) => {
    const at = rows.indexOf(here());
    goTo(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };

  const tally = (name, by) => {
    const number = document.querySelector(`.queue-tally .${name}`);
    if (!number) return;
    const count = Math.max(0, Number(number.textContent.replace(/\D/g, "")) + by);
    number.textContent = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  };
  const mark = (row, button) => {
    row.dataset.done = button.value;
    const verdict = row.querySelector(".verdict");
    verdict.textContent = button.firstChild.textContent.trim();
    verdict.className = `verdict tag ${{ prefer: "preferred", admit: "admitted" }[button.value] ?? "warn"}`;
    verdict.hidden = false;
    box(row).checked = false;
    if (button.value === "skip") return;
    tally("waiting", -1);
    tally("today", 1);
  };
  const unmark = (row) => {
    if (row.dataset.done && row.dataset.done !== "skip") {
      tally("waiting", 1);
      tally("today", -1);
    }
    delete row.dataset.done;
    row.querySelector(".verdict").hidden = true;
  };

  const post = async (address, fields) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
      keepalive: true,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const send = (decision, decided) => {
    const act = { rows: decided, batch: null, skip: decision === "skip" };
    done.push(act);
    const fields = [["do", decision], ...decided.map((row) => ["pair", pairOf(row)])];
    sending = sending.then(() => post("/review", fields)).then((told) => {
      act.batch = told.batch;
      decided.filter((row) => told.stale.includes(pairOf(row))).forEach((row) => row.classList.add("stale"));
      say(told.said, act.skip || act.batch !== null);
    }).catch(() => {
      done.splice(done.indexOf(act), 1);
      decided.forEach(unmark);
      goTo(decided[0]);
      say(review.dataset.failed);
    });
  };

  /** The next page of the queue, once everything of this one is saved. */
  const leave = async () => {
    await sending;
    if (rows.every((row) => !waits(row))) location.assign(review.dataset.list);
  };
  const decide = (button, decided) => {
    const last = rows.indexOf(decided[decided.length - 1]);
    decided.forEach((row) => mark(row, button));
    recount();
    send(button.value, decided);
    const next = rows.slice(last + 1).find(waits) ?? rows.findLast(waits);
    if (next) goTo(next);
    else leave();
  };

  const undo = () => {
    const act = done.pop();
    if (!act) {
      const form = document.getElementById("undo");
      if (form) form.requestSubmit(form.querySelector("button"));
      else say(review.dataset.nothing);
      return;
    }
    act.rows.forEach(unmark);
    act.rows.forEach((row) => row.classList.remove("stale"));
    goTo(act.rows[0]);
    sending = sending.then(() => {
      if (act.skip) return post("/review/undo", act.rows.map((row) => ["pair", pairOf(row)]));
      return act.batch === null ? null : post("/review/undo", [["batch", act.batch]]);
    }).then((told) => told && say(told.said)).catch(() => say(review.dataset.failed));
  };

  said?.querySelector("button").addEventListener("click", undo);

  // The same by mouse: the buttons of a row and of the bar need not load the page anew.
  const selected = () => rows.filter((row) => waits(row) && box(row).checked);
  const recount = () => bulk?.classList.toggle("some", selected().length > 0);
  if (rows.length > 0) {
    document.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button || button.name !== "do") return;
      event.preventDefault();
      const row = event.target.closest(".waits");
      const chosen = row ? [row].filter(waits) : selected();
      if (chosen.length > 0) decide(button, chosen);
    });
    document.addEventListener("change", (event) => {
      if (event.target === every) rows.filter(waits).forEach((row) => { box(row).checked = every.checked; });
      recount();
    });
    rows.forEach((row) => row.addEventListener("pointerdown", () => {
      rows.forEach((other) => other.classList.toggle("here", other === row));
    }));
  }

  const press = (row, key) => {
    const found = row?.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    if (found.matches("input, select")) found.focus();
    else if (found.matches("button") && rows.length > 0) {
      const chosen = selected();
      const decided = chosen.length > 0 ? chosen : [row].filter(waits);
      if (decided.length > 0) decide(found, decided);
    } else found.click();
    return true;
  };
  const select = () => {
    const row = here();
    if (!row || !waits(row)) return;
    box(row).checked = !box(row).checked;
    recount();
  };
  const help = () => {
    const keys = document.getElementById("keys");
    if (!keys) return false;
    keys.open = !keys.open;
    if (keys.open) keys.scrollIntoView({ block: "nearest" });
  };

  const isTyping = (element) =>
    element.isContentEditable || element.matches("select, textarea, input:not([type=checkbox], [type=radio])");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    if (event.target instanceof Element && isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "?") {
      help();
      event.preventDefault();
      return;
    }
    if (!keysAreOn()) return;
    // The shift key tells, not the case of the letter: caps lock must not turn "reject" into "not a term".
    const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const key = event.shiftKey ? `shift ${letter}` : letter;
    const actions = { j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), x: select, u: undo };
    const action = rows.length > 0 || key === "u" ? actions[key] : undefined;
    if (action) action();
    else if (!press(rows.length > 0 ? here() : document.querySelector(".one-pair"), key.toLowerCase())) return;
    event.preventDefault();
  });

  // Once the page is loaded, since going to a part of it takes the focus away.
  const begin = () => {
    const part = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (rows.length === 0) part?.querySelector("input[data-key]")?.focus();
    else if (!isTyping(document.activeElement ?? document.body)) goTo(rows.includes(part) ? part : here());
  };
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", () => setTimeout(begin));
})();
