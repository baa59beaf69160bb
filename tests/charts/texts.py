"""Finished words of the example charts, in each language."""

from collections.abc import Mapping

_ = "\N{NO-BREAK SPACE}"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Contoso: 290 of 1,205 measured seats are idle",
        "used": "used",
        "assigned": "assigned, not used",
        "unassigned": "not assigned",
        "unmeasured": "not measured",
        "days": "28 days to 28 Nov 2026",
        "note": f"Partner Center licence insights as of 25{_}Nov (Dynamics), 28{_}Nov{_}2026"
        f" (Office) · all partners’ seats · active: within 28 days",
        "badge": "MADE-UP DATA",
        "growth": "Customers gained and lost",
        "growth-span": "12 months to 28 Nov 2026 · November is not over",
        "new": "new",
        "ended": "ended",
        "net": "balance",
        "adoption": "41 customers by share of seats in use",
        "adoption-span": "28 days to 28 Nov 2026",
        "deployed": "by share assigned",
        "customers": "customers by share in use",
        "no-seats": "no seats",
        "over": "over 100%",
        "ranking": "Customers by idle seats",
        "ranking-span": "Ten largest of 41 · idle seats of those sold",
        "idle-seats": "idle",
        "sold-seats": "sold",
    },
    "fr": {
        "title": "Contoso : 290 licences inutilisées sur 1 205 mesurées",
        "used": "utilisées",
        "assigned": "attribuées, non utilisées",
        "unassigned": "non attribuées",
        "unmeasured": "aucun relevé",
        "days": "28 jours jusqu’au 28 nov. 2026",
        "note": f"Espace partenaires, licences au 25{_}nov. (Dynamics), 28{_}nov.{_}2026 (Office)"
        " · licences de tous les partenaires · actives : 28 jours",
        "badge": "DONNÉES FICTIVES",
        "growth": "Clients gagnés et perdus",
        "growth-span": "12 mois jusqu’au 28 nov. 2026 · novembre n’est pas terminé",
        "new": "nouveaux",
        "ended": "partis",
        "net": "solde",
        "adoption": "41 clients par taux d’utilisation",
        "adoption-span": "28 jours jusqu’au 28 nov. 2026",
        "deployed": "par taux d’attribution",
        "customers": "clients par taux d’utilisation",
        "no-seats": "sans licence",
        "over": "plus de 100 %",
        "ranking": "Clients par licences inutilisées",
        "ranking-span": "Les dix premiers sur 41 · licences inutilisées parmi les vendues",
        "idle-seats": "inutilisées",
        "sold-seats": "vendues",
    },
}
