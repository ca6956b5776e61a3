// The sign-in page's own needs.
"use strict";
// A mailed link …/tasklist/default/#/?task=… loses nothing: browsers keep the fragment over redirects, only the form must carry it on.
const form = document.getElementById("login");
if (form && location.hash) form.action = "/login" + location.hash;
// Stock Tasklist keeps half-filled forms in the browser when a session ends. Desks are shared: nothing stays, drafts are on the server.
try {
  Object.keys(localStorage).filter(key => key.startsWith("camunda-form:")).forEach(key => localStorage.removeItem(key));
} catch (blocked) {
  // storage is switched off: nothing can have stayed
}
