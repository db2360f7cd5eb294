// What scripting adds to a page that works without it. Follows GOV.UK Frontend in one file, which
// brings the classes named here; it is a module, so a browser too old for it runs nothing.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput]) {
  createAll(component);
}

// A code that came with a link stands behind the #, which no browser sends: put it where it is typed.
const code = document.getElementById("code");
if (code && /^#[2-9a-z]{16}$/.test(location.hash)) {
  code.value = location.hash.slice(1).match(/.{4}/g).join("-");
  history.replaceState(null, "", location.pathname);
}
