// Keeps the page up to date and sends its forms without leaving it. Without this script the forms work all the same.
(() => {
  "use strict";

  const body = document.body;
  const base = "/changes/" + body.dataset.slug;
  const notice = document.getElementById("notice");
  const shown = new Map();
  let version = body.dataset.version;
  let settled = body.dataset.settled === "true";
  let timer = 0;
  let follow = false;

  const say = text => {
    notice.textContent = text;
    notice.hidden = text === "";
  };

  // A detail that the reader has opened or closed stays so when its part of the page is made anew.
  const keyOf = detail => {
    const home = detail.id ? detail : detail.parentElement.closest("[id]");
    return home.id + "/" + [...home.querySelectorAll("details")].indexOf(detail);
  };
  const changedByHand = new Map();
  document.addEventListener("click", event => {
    const summary = event.target.closest("summary");
    if (summary) {
      const detail = summary.parentElement;
      changedByHand.set(keyOf(detail), !detail.open);
    }
  });

  const replace = (id, html) => {
    if (shown.get(id) === html) {
      return;
    }
    const part = document.getElementById(id);
    const active = document.activeElement;
    const focused = part.contains(active) && active.id ? { id: active.id, value: active.value } : null;
    const before = new Set([...part.querySelectorAll("[id]")].map(e => e.id));
    shown.set(id, html);
    part.innerHTML = html;
    for (const detail of part.querySelectorAll("details")) {
      const open = changedByHand.get(keyOf(detail));
      if (open !== undefined) {
        detail.open = open;
      }
    }
    for (const fresh of part.querySelectorAll(".comment[id], .event[id], .thread[id]")) {
      if (!before.has(fresh.id)) {
        fresh.classList.add("fresh");
      }
    }
    if (focused) {
      const again = document.getElementById(focused.id);
      if (again) {
        if (focused.value !== undefined) {
          again.value = focused.value;
        }
        again.focus({ preventScroll: true });
      }
    }
  };

  // In a narrow window the list is a row that one scrolls.
  const showChosen = () => {
    const list = document.querySelector(".pulls");
    const chosen = document.querySelector(".pull.chosen");
    if (chosen) {
      list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
    }
  };

  // Told to those who cannot see it, and only when it has changed.
  const tell = () => {
    const headline = document.querySelector(".merge-title").textContent.trim();
    const told = document.getElementById("told");
    if (told.textContent !== headline) {
      told.textContent = headline;
    }
  };

  const scrollToNewest = () => {
    const fresh = [...document.querySelectorAll("#timeline .fresh")].pop();
    if (fresh) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      fresh.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  };

  const refresh = async () => {
    clearTimeout(timer);
    try {
      const answer = await fetch(base + "/live?seen=" + encodeURIComponent(version), { cache: "no-store" });
      if (answer.status === 200) {
        const live = await answer.json();
        version = live.version;
        settled = live.settled;
        for (const [id, html] of Object.entries(live.parts)) {
          replace(id, html);
        }
        showChosen();
        tell();
        if (follow) {
          scrollToNewest();
          follow = !settled;
        }
        body.dataset.settled = String(settled);
      } else if (answer.status !== 204) {
        throw new Error(await answer.text());
      }
      if (notice.dataset.lost) {
        delete notice.dataset.lost;
        say("");
      }
    } catch (e) {
      notice.dataset.lost = "yes";
      say("The demo does not answer. Is it still running?");
    }
    timer = setTimeout(refresh, document.hidden ? 5000 : settled ? 1500 : 400);
  };

  document.addEventListener("submit", async event => {
    const form = event.target;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter));
    if (form.dataset.as) {
      data.set("as", document.querySelector("input[name=as]:checked").value);
    }
    const button = event.submitter || form.querySelector("button:not([type=button])");
    button.disabled = true;
    body.dataset.settled = "false";
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-By": "script" } });
      if (!answer.ok) {
        say(await answer.text());
        body.dataset.settled = String(settled);
        return;
      }
      say("");
      for (const field of form.querySelectorAll("textarea, input.field")) {
        field.value = "";
      }
      settled = false;
      if (form.id === "comment-form") {
        follow = true;
      } else if (form.action.endsWith("/restart")) {
        changedByHand.clear();
        scrollTo({ top: 0 });
      }
      await refresh();
    } catch (e) {
      say("The demo does not answer. Is it still running?");
    } finally {
      button.disabled = false;
    }
  });

  document.addEventListener("click", event => {
    const remark = event.target.closest(".remark");
    if (remark) {
      const text = document.getElementById("body");
      text.value = remark.dataset.text;
      document.querySelector("input[name=as][value=" + CSS.escape(remark.dataset.login) + "]").checked = true;
      text.focus();
    }
  });

  document.getElementById("body").addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form.requestSubmit();
    }
  });

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      refresh();
    }
  });

  showChosen();
  timer = setTimeout(refresh, settled ? 1500 : 300);
})();
