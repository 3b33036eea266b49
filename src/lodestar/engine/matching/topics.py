"""Which topics does a wish, an offer or a list of skills name?

What is not in the table stays a topic of its own, so an office's list of topics works as it is.
"""

from lodestar.engine.matching.answers import plain
from lodestar.engine.matching.families import families_from

TOPICS = families_from("""
Web development
    web developer; web development; full-stack*; front-end*; back-end*; full stack*; front
    end*; back end*; javascript; css; html; php; ruby; web application developer; react;
    angularjs; node.js
Software engineering
    software development; software engineering; software developer; software engineer; desktop
    applications developer; programming; coding; c#; java; c++; c; python; embedded developer;
    graphics programming; programmer / dev; enterprise level services; programmer; embedded
    devices/services; sql
Games
    game developer; game development*; games development; graphics programming
Data and machine learning
    data scientist*; data science; data engineer*; machine learning*; machine learning
    specialist; data analysis; database administrator; developer with a statistics or
    mathematics background; statistics
Mobile development
    mobile developer; mobile development; ios; android; objective-c
Infrastructure
    devops*; devops; sysadmin; systems administrator; network engineer; cloud
Quality assurance
    quality assurance*; quality assurance engineer; testing
User experience and design
    user experience*; ux; graphic designer; user interface; graphics design; ui/ux
Product management
    product manager; product management; product owner
Community outreach
    community outreach*
""")


def topic_of(text: str) -> str:
    """Return the usual name of a topic, or the topic as it was written.

    >>> topic_of("Front-End Web Developer"), topic_of("Salary negotiation")
    ('Web development', 'Salary negotiation')
    """
    wanted = plain(text)
    if wanted in KNOWN:
        return KNOWN[wanted]
    found = TOPICS.paths(text)
    covers = [path for path in found if _covers(path, wanted)]
    return covers[0] if covers else " ".join(text.split())


def _covers(path: str, wanted: str) -> bool:
    """A phrase stands for the whole answer only when little else is said."""
    longest = max(
        (len(plain(p).rstrip("*")) for p in TOPICS.table[path] if plain(p).rstrip("*") in wanted),
        default=0,
    )
    return 2 * longest >= len(wanted)


KNOWN = {plain(phrase): topic for topic, phrases in TOPICS.table.items() for phrase in phrases}
