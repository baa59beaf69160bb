"""Every report of the Insights workspace. `endpoint` is the report's name in a query's FROM.

`programs` are those that a download is open to; the API asks for the programme's own sign-in, and
is open to nobody without it.
"""

from analytics.tables.insights_partner import PARTNERS_OWN
from analytics.tables.insights_sales import SALES
from analytics.tables.insights_teams import TEAMS
from analytics.tables.insights_usage import USAGES

INSIGHTS = (*SALES, *USAGES, *TEAMS, *PARTNERS_OWN)
