"""The addresses of accounts, people, the audit, the data map and kept files, each with who may reach it."""

from __future__ import annotations

from goldenthread.web.access import ANYONE, NEVER, page
from goldenthread.web.workbench import (
    accounts,
    accounts_join,
    audit,
    data_map,
    files,
    people,
    people_register,
)

ACCOUNTS, PEOPLE = "<slug:area>/accounts/", "<slug:area>/people/"
ACCOUNT, PERSON = f"{ACCOUNTS}<int:account>/", f"{PEOPLE}<int:number>/"
POST, REGISTER = f"{PERSON}posts/<int:post>/", f"{PEOPLE}register/"
SEE, CHANGE = "accounts.see", "accounts.change"

account_pages = [
    page("join/<str:token>/", accounts_join.join, name="join", may=ANYONE),
    page(ACCOUNTS, accounts.every, name="accounts", may=SEE, post=NEVER),
    page(f"{ACCOUNTS}invite/", accounts.invite, name="account-invite", may=CHANGE),
    page(
        f"{ACCOUNTS}invited/<int:invitation>/withdraw/",
        accounts.withdraw,
        name="invitation-withdraw",
        may=CHANGE,
    ),
    page(f"{ACCOUNTS}roles/", accounts.table, name="roles", may=SEE, post=CHANGE),
    page(ACCOUNT, accounts.one, name="account", may=SEE, post=CHANGE),
    page(f"{ACCOUNT}roles/<slug:role>/end/", accounts.end_role, name="account-role-end", may=CHANGE),
    page(f"{ACCOUNT}disable/", accounts.disable, name="account-disable", may=CHANGE),
]

people_pages = [
    *account_pages,
    page(PEOPLE, people.every, name="people", may="people.see", post=NEVER),
    page(REGISTER, people_register.choose, name="staff-register", may="people.change"),
    page(f"{REGISTER}<int:register>/", people_register.plan, name="staff-register-plan", may="people.change"),
    page(
        f"{REGISTER}<int:register>/discard/",
        people_register.discard,
        name="staff-register-discard",
        may="people.change",
    ),
    page(PERSON, people.one, name="person", may="people.see", post=NEVER),
    page(f"{PERSON}erase/", people.erase, name="person-erase", may="people.change"),
    page(f"{POST}end/", people.end, name="post-end", may="people.change"),
    page(f"{POST}tier/", people.tier, name="post-tier", may="people.change"),
    page("<slug:area>/audit/", audit.every, name="audit", may="audit.see", post=NEVER),
    page("<slug:area>/data-map/", data_map.every, name="data-map", may="data-map.see", post=NEVER),
    page("<slug:area>/files/<slug:kept>/", files.fetch, name="kept-file", may="area.see", post=NEVER),
]
