// What scripting adds to a page that works without it. Follows GOV.UK Frontend in one file, which
// brings the classes named here; it is a module, so a browser too old for it runs nothing.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, ErrorSummary, NotificationBanner, PasswordInput]) {
  createAll(component);
}
