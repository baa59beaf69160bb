"""The whole of it: signed activities over HTTP, and a connector on loopback that is answered to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from analytics.values import OWN
from bot.settings import database_url
from bot.store.conversations import ConversationStore
from bot.store.database import open_database
from bot.teams.adapter import TeamsAdapter
from bot.teams.app import Teams, add_teams
from bot.teams.people import TeamsPeople
from bot.wiring import Installation
from handlers.chat.access import Grant, Role
from handlers.chat.asking import UserRef
from handlers.messages.speaker import speaker
from tests.conftest import NOW
from tests.program.delivering import delivering
from tests.program.handout import CONTENT, handing_out
from tests.slack.talking import Remembered
from tests.teams.card_rules import fault
from tests.teams.onedrive import onedrive
from tests.teams.reading_cards import buttons, card_of, texts
from tests.teams.signing import TENANT, claims, token
from tests.teams.speaking import PATH, activity
from tests.teams.standin import BOT, Cloud, Posted, member

GROUP = "19:group@thread.v2"
OWN_CHAT = "a:29:ada"
ADA = member("ada")


@dataclass
class Whole:
    """The program at its address, and the cloud it answers to."""

    cloud: Cloud
    client: TestClient[web.Request, web.Application]
    teams: Teams

    async def sent(self, **changes: Any) -> Any:
        """Sends an activity of Ada's, signed; gives what it is answered with."""
        sender = {"id": "29:ada", "name": "Ada", "aadObjectId": ADA["aadObjectId"]}
        said = activity(self.cloud.service_url, **{"from": sender, **changes})
        bearer = {"Authorization": "Bearer " + token(claims(said["serviceUrl"]))}
        async with self.client.post(PATH, json=said, headers=bearer) as response:
            assert response.status == 200
            answer = await response.json() if response.content_type.endswith("json") else None
        await self.teams.drain()
        return answer

    def cards(self, place: str) -> list[Posted]:
        """Messages, without word that somebody is typing."""
        posted = [one for one in self.cloud.posted if one.activity["type"] == "message"]
        assert [fault(one.activity) for one in posted] == [""] * len(posted)
        return [one for one in posted if one.conversation == place]


@asynccontextmanager
async def whole(installation: Installation, cloud: Cloud) -> AsyncIterator[Whole]:
    everything = Grant(Role.ADMIN, OWN, None, None, "", "operator", NOW)
    await installation.roles.give(UserRef("teams", TENANT, ADA["aadObjectId"]), everything)
    now = lambda: datetime.now(UTC)  # noqa: E731, TID251 tokens are of today
    adapter = TeamsAdapter(cloud.registration(), Remembered(), installation.metrics, now)
    engine = await open_database(database_url(installation.settings))
    people = TeamsPeople(adapter.connector, ConversationStore(engine))
    backend = replace(installation.backend, people=people)
    try:
        async with delivering(installation, backend) as delivery:
            kept = ConversationStore(engine)
            teams = Teams(adapter.connector, people, delivery, kept, local=adapter.local)
            app = web.Application()
            app.cleanup_ctx.append(adapter.run_beside)
            add_teams(app, teams, adapter.receiver(teams.receive, teams.report_unchecked))
            async with TestClient(TestServer(app, host="127.0.0.1")) as client:
                yield Whole(cloud, client, teams)
    finally:
        await engine.dispose()


async def test_a_signed_question_is_answered_with_a_card_and_its_button_with_another(
    installation: Installation, cloud: Cloud
) -> None:
    cloud.people[OWN_CHAT] = [ADA]
    chat = {"id": OWN_CHAT, "conversationType": "personal", "tenantId": TENANT}
    async with whole(installation, cloud) as there:
        assert await there.sent(text="usage fabrikam", conversation=chat) is None
        [shown] = there.cards(OWN_CHAT)
        action = {"type": "Action.Execute", **buttons(card_of(shown.activity))["Fabrikam Bikes"]}
        answer = await there.sent(
            type="invoke",
            name="adaptiveCard/action",
            conversation=chat,
            replyToId=shown.id,
            value={"action": action, "trigger": "manual"},
        )
    assert cloud.posted[0].activity["type"] == "typing"
    assert answer["statusCode"] == 200
    assert texts(answer["value"])[0].startswith("Fabrikam Bikes: ")


async def test_in_a_group_figures_are_targeted_and_nobody_elses(
    installation: Installation, cloud: Cloud
) -> None:
    cloud.people[GROUP] = [ADA, member("ben"), member("cleo")]
    group = {"id": GROUP, "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}
    mention = {"type": "mention", "text": "<at>S</at>", "mentioned": {"id": BOT, "name": "S"}}
    asked = {"text": "<at>S</at> usage contoso", "conversation": group, "entities": [mention]}
    async with whole(installation, cloud) as there:
        await there.sent(**asked, recipient={"id": BOT, "name": "S"})
        [shown] = there.cards(GROUP)
        assert shown.targeted
        assert shown.activity["recipient"] == {"id": "29:ada"}
        cloud.broken["send"] = (403, "NotAllowedHere")
        cloud.failing["send"] = 2
        await there.sent(**asked, recipient={"id": BOT, "name": "S"})
        [_, line] = there.cards(GROUP)
        [answer] = there.cards(OWN_CHAT)
    assert texts(card_of(line.activity)) == [speaker("en")("answered-in-private")]
    assert texts(card_of(answer.activity))[0].startswith("Contoso: ")


async def test_a_file_is_handed_out_by_a_signed_yes_alone(
    installation: Installation, cloud: Cloud
) -> None:
    cloud.people[OWN_CHAT] = [ADA]
    chat = {"id": OWN_CHAT, "conversationType": "personal", "tenantId": TENANT}
    invoke = {"type": "invoke", "name": "fileConsent/invoke", "conversation": chat}
    async with whole(installation, cloud) as there, onedrive() as drive:
        with handing_out(installation):
            await there.sent(text="handout", conversation=chat)
        [_, asks] = there.cards(OWN_CHAT)
        context = asks.activity["attachments"][0]["content"]["acceptContext"]
        accepted = {"action": "accept", "context": context, "uploadInfo": drive.place()}
        sender = {"id": "29:ada", "name": "Ada", "aadObjectId": ADA["aadObjectId"]}
        forged = activity(cloud.service_url, **{"from": sender, **invoke, "value": accepted})
        async with there.client.post(PATH, json=forged) as response:
            assert response.status == 401
        await there.teams.drain()
        assert drive.pieces == []
        assert await there.sent(**invoke, value=accepted) == {}
    assert [body for _, body in drive.pieces] == [CONTENT]
    shown = cloud.posted[-1].activity["attachments"][0]
    assert shown["contentUrl"] == accepted["uploadInfo"]["contentUrl"]
