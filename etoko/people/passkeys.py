"""WebAuthn behind one door. What goes to and comes from the browser is JSON; the state between the two
steps stays in the session."""

import json
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from etoko.foundation.phones import show_phone
from etoko.people.models import Passkey, Person


class NotProven(ValueError):
    """The answer of the device does not fit the question, the site or the key."""


@dataclass(frozen=True)
class NewKey:
    credential_id: str
    credential: bytes
    sign_count: int


def begin_registration(person: Person, known: list[Passkey], host: str) -> tuple[dict[str, Any], Any]:
    """(options for navigator.credentials.create, state for the session)."""
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(
            id=str(person.pk).encode(), name=show_phone(person.phone), display_name=person.name
        ),
        credentials=[
            PublicKeyCredentialDescriptor(
                type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(key.credential_id)
            )
            for key in known
        ],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def finish_registration(answer: str, state: Any, host: str) -> NewKey:
    try:
        data = _server(host).register_complete(state, RegistrationResponse.from_dict(json.loads(answer)))
        credential = data.credential_data
        if credential is None:
            raise NotProven
        return NewKey(websafe_encode(credential.credential_id), bytes(credential), data.counter)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NotProven from problem


def begin_sign_in(host: str) -> tuple[dict[str, Any], Any]:
    options, state = _server(host).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def credential_id_of(answer: str) -> str:
    try:
        given = json.loads(answer)["id"]
        return str(given)[:700]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise NotProven from problem


def finish_sign_in(answer: str, state: Any, key: Passkey, host: str) -> int:
    """The new signature counter of the key. Raises NotProven."""
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        _server(host).authenticate_complete(state, [AttestedCredentialData(bytes(key.credential))], response)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NotProven from problem
    counter = int(response.response.authenticator_data.counter)
    # Devices that count must count upwards: a copy of the key would fall behind. Most count nothing: 0.
    if (counter or key.sign_count) and counter <= key.sign_count:
        raise NotProven
    return counter


def _server(host: str) -> Fido2Server:
    # The key belongs to the name of the site without its port; by an IP address there are no passkeys.
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return Fido2Server(PublicKeyCredentialRpEntity(id=name, name="e-Toko PKK"))
