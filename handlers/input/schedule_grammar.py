"""The words that say a digest's hours and options, English and French; without case and accents."""

import re

DAYS = {
    **dict.fromkeys(("sun", "sunday", "sundays", "dim", "dimanche", "dimanches"), 0),
    **dict.fromkeys(("mon", "monday", "mondays", "lun", "lundi", "lundis"), 1),
    **dict.fromkeys(("tue", "tues", "tuesday", "tuesdays", "mardi", "mardis"), 2),
    **dict.fromkeys(("wed", "wednesday", "wednesdays", "mer", "mercredi", "mercredis"), 3),
    **dict.fromkeys(("thu", "thur", "thurs", "thursday", "thursdays", "jeu", "jeudi", "jeudis"), 4),
    **dict.fromkeys(("fri", "friday", "fridays", "ven", "vendredi", "vendredis"), 5),
    **dict.fromkeys(("sat", "saturday", "saturdays", "sam", "samedi", "samedis"), 6),
}
"""Weekdays as cron counts them."""

MONTHS = {
    **{"january": 1, "jan": 1, "janvier": 1, "february": 2, "feb": 2, "fevrier": 2, "march": 3},
    **{"mar": 3, "mars": 3, "april": 4, "apr": 4, "avril": 4, "may": 5, "mai": 5, "june": 6},
    **{"jun": 6, "juin": 6, "july": 7, "jul": 7, "juillet": 7, "august": 8, "aug": 8, "aout": 8},
    **{"september": 9, "sep": 9, "sept": 9, "septembre": 9, "october": 10, "oct": 10},
    **{"octobre": 10, "november": 11, "nov": 11, "novembre": 11, "december": 12, "dec": 12},
    "decembre": 12,
}

PLACES = {
    **dict.fromkeys(("first", "1st", "premier", "premiers", "1er"), "#1"),
    **dict.fromkeys(("second", "2nd", "deuxieme", "2e"), "#2"),
    **dict.fromkeys(("third", "3rd", "troisieme", "3e"), "#3"),
    **dict.fromkeys(("fourth", "4th", "quatrieme", "4e"), "#4"),
    **dict.fromkeys(("last", "dernier", "derniers"), "L"),
}
"""Which weekday of its name in a month (first, last …), as cron writes it."""

_DAY = "|".join(DAYS)
_MONTH = "|".join(MONTHS)
_PLACE = "|".join(PLACES)
_EVERY = "every|each|chaque"
_ON = "(?:(?:on|the|le) ){0,2}"
_MONTHLY = r"(?P<ofmonth> of (?:the|every|each) month| du mois| de chaque mois)?"
_HOUR = r"(?P<hour>[0-9]{1,2})"
_NUMBER = r"(?P<number>[0-9]{1,2})(?:st|nd|rd|th|er|e)?"
_WORKING = "weekday|working day|work day|business day|jour ouvre|jour ouvrable|jour de semaine"
_UNCHANGED = (
    "(?:only )?(?:on|when|if)(?: (?:it|something|anything))? changes?|only changes"
    "|(?:seulement )?(?:si|en cas de) changements?"
)

CLAUSES: tuple[tuple[str, str], ...] = (
    ("cron", r"cron (?P<fields>\S+ \S+ \S+ \S+ \S+)"),
    (
        "daily",
        rf"daily|(?:{_EVERY}) (?:day|morning|jour|matin)|tous les (?:jours|matins)"
        "|quotidien(?:ne|nement)?",
    ),
    (
        "weekdays",
        rf"(?:(?:on|{_EVERY}|all|tous les|les) )*(?:weekdays?|work(?:ing)? ?days|business days"
        r"|jours? ouvres?|jours? ouvrables?|jours? de semaine)|(?:every|each) (?:work(?:ing)?"
        " ?|business )day|en semaine|(?:from )?monday to friday|mon-fri|du lundi au vendredi",
    ),
    ("weekly", rf"weekly|(?:{_EVERY}) (?:week|semaine)|toutes les semaines|hebdomadaire(?:ment)?"),
    ("monthly", rf"monthly|(?:{_EVERY}) (?:month|mois)|tous les mois|mensuel(?:le|lement)?"),
    (
        "quarterly",
        rf"quarterly|(?:{_EVERY}) (?:quarter|trimestre)|tous les trimestres"
        "|trimestriel(?:le|lement)?",
    ),
    (
        "yearly",
        rf"yearly|annually|(?:{_EVERY}) (?:year|annee|an)|tous les ans|annuel(?:le|lement)?",
    ),
    (
        "hours",
        rf"hourly|(?:{_EVERY}) (?:hour|heure)|toutes les heures"
        "|(?:every|toutes les) (?P<count>[0-9]{1,3}) ?(?:h|hours?|heures?)",
    ),
    (
        "minutes",
        r"(?:every|toutes les) (?P<count>[0-9]{1,3}) ?(?:m|min|mins|minutes?)",
    ),
    (
        "date",
        rf"{_ON}{_NUMBER} (?:of )?(?P<month>{_MONTH})|{_ON}(?P<month_>{_MONTH}) (?P<number_>[0-9]"
        "{1,2})(?:st|nd|rd|th)?",
    ),
    (
        "last",
        rf"{_ON}(?:last day|dernier jour)(?: (?P<working>ouvre|ouvrable|de semaine))?{_MONTHLY}"
        rf"|{_ON}last (?P<working_>{_WORKING})(?P<ofmonth_> of (?:the|every|each) month)?",
    ),
    (
        "nth",
        rf"(?:(?:{_EVERY}|tous les|on|the|le) ){{0,2}}(?P<place>{_PLACE}) (?P<weekday>{_DAY})"
        rf"{_MONTHLY}",
    ),
    ("number", rf"(?:on |the |le |on the ){_NUMBER}{_MONTHLY}"),
    (
        "days",
        rf"(?P<every>(?:on|{_EVERY}|tous les|toutes les|les|le) )?"
        rf"(?P<days>(?:{_DAY})(?:(?: and| et| &)? (?:(?:{_EVERY}|on|le|les) )?(?:{_DAY}))*)",
    ),
    (
        "time",
        rf"(?:(?:at|a|@) )?(?:{_HOUR}[:.](?P<minute>[0-9]{{2}})(?: ?(?P<half>[ap]m))?"
        r"|(?P<hour_>[0-9]{1,2}) ?(?P<half_>[ap]m)"
        r"|(?P<hour__>[0-9]{1,2}) ?h(?:eures?)?(?: ?(?P<minute_>[0-9]{2}))?"
        r"|(?P<hour___>[0-9]{1,2})(?: o'clock)?|(?P<noon>noon|midday|midi)"
        "|(?P<midnight>midnight|minuit))",
    ),
    ("me", "to me|for me|to myself|a moi|pour moi|to my messages"),
    ("here", "(?:in )?(?:here|this (?:channel|room|chat))|ici|(?:dans )?ce (?:salon|canal)"),
    ("room", "(?:(?:to|in|into|dans|vers|sur) )?\0room"),
    ("zone", "(?:in |zone )?\0zone"),
    ("quiet-changes", _UNCHANGED),
    ("quiet-silent", "silent(?:ly)?|silencieux|silencieusement|en silence"),
    ("quiet-always", "always|toujours"),
    ("misfire-latest", "(?:if )?late latest|(?:si |en )?retard (?:le )?dernier"),
    ("misfire-skip", "(?:if )?late skip|(?:si |en )?retard sauter"),
    ("misfire-all", "(?:if )?late all|(?:si |en )?retard tous"),
    ("doubt-leave", "at most once|au plus une fois"),
    ("doubt-repeat", "at least once|au moins une fois"),
    ("reach-safe", "(?:as )?(?:a )?safe summary|(?:en )?resume sur"),
    ("reach-anyway", "all the same|quand meme"),
    ("filler", "and|et|,|&"),
)
"""Kinds of clause, each with its pattern; the longest match counts. A group whose name ends in `_`
says the same as the one without.
"""

GRAMMAR = tuple((kind, re.compile(rf"(?:{said})(?= |$)")) for kind, said in CLAUSES)
