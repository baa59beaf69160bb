// Runs before anything is painted, so that the page never flashes in the wrong colours.
"use strict";
try {
  const kept = sessionStorage.getItem("theme");
  if (["auto", "light", "dark"].includes(kept)) document.documentElement.dataset.theme = kept;
} catch {
  // A browser may forbid storage: the page then follows the system.
}
