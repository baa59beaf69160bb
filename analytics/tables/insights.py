"""Every report of the Insights workspace. `endpoint` is the report's name in a query's FROM.

The API needs the sign-in of the partner-programme account; downloads are open to every programme.
"""

from analytics.tables.insights_partner import PARTNERS_OWN
from analytics.tables.insights_sales import SALES
from analytics.tables.insights_teams import TEAMS
from analytics.tables.insights_usage import USAGES

INSIGHTS = (*SALES, *USAGES, *TEAMS, *PARTNERS_OWN)
