"""Accounts and memberships: who may sign in, and as what. People and posts: whose learning this is about."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Accounts by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this address. Raises Account.DoesNotExist."""
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who can sign in. What they may do is in their memberships."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One account for each address, whatever its case."""

        db_table = "account"
        constraints = [models.UniqueConstraint(Lower("email"), name="account_one_for_each_email")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """A role that an account holds in an area, from a day on, until it ends."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A role is held once at a time."""

        db_table = "membership"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "area", "role"],
                condition=models.Q(until__isnull=True),
                name="membership_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.role}"


class Invitation(models.Model):
    """A role offered to an address, by a link that works once and for some days.

    ``digest`` is the SHA-256 of what the link holds; the link itself is kept nowhere.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        db_table = "invitation"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"


class Person(models.Model):
    """Somebody on an organisation's staff register. The organisation is whose register it is.

    They are known by ``reference``, which the organisation gives, or else by ``email``; never by name.
    Somebody has left when none of their posts goes on.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.RESTRICT, related_name="+")
    reference = models.CharField(max_length=60, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=160)
    since = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One row for each person of a register."""

        db_table = "person"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["area", "name"], name="person_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "reference"],
                condition=~models.Q(reference=""),
                name="person_reference_once_in_register",
            ),
            models.UniqueConstraint(
                fields=["owner", "email"], condition=~models.Q(email=""), name="person_email_once_in_register"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Work somebody does somewhere over a span of days; both ends are days in post.

    ``role``, ``staff_group`` and ``tier`` are codes of lists. An empty ``tier`` is the role's own;
    one that is set has its reason.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.RESTRICT, related_name="+"
    )
    role = models.SlugField(max_length=60, blank=True)
    staff_group = models.SlugField(max_length=60, blank=True)
    tier = models.SlugField(max_length=60, blank=True)
    tier_reason = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True, db_index=True)

    class Meta:
        """In the order they were taken up."""

        db_table = "post"
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return f"{self.role or self.staff_group} {self.person_id}"


class Register(models.Model):
    """A staff register somebody brought in, and what became of it; its file is kept until then.

    ``whole`` says that whoever is not in it has left by ``as_of``. ``done`` counts what was done.
    """

    area = models.ForeignKey("area.Area", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=150)
    file = models.CharField(max_length=32, blank=True)
    whole = models.BooleanField(default=False)
    as_of = models.DateField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    settled = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        db_table = "staff_register"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name
