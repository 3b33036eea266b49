"""Which topics does a wish, an offer or a list of skills name?

A topic may be a path: whoever wants web development is served by React, and whoever wants React half by web
development in general. What is not in the table stays a topic of its own, so an office's list of topics works as it is.
"""

from lodestar.engine.answers.families import families_from
from lodestar.engine.answers.values import plain

TOPICS = families_from("""
Web development
    web developer; web development; full-stack*; fullstack*; full stack*; web; web application
    developer; ecommerce; pwa; webscraping
Web development > Front end
    front-end*; front end*; frontend; html; css; css-in-js; sass; bootstrap; web typography
Web development > Front end > JavaScript
    javascript; js; typescript; jquery; es6; webassembly
Web development > Front end > JavaScript > React
    react; reactjs; react.js; redux; gatsby; next.js; nextjs
Web development > Front end > JavaScript > Vue
    vue; vuejs; vue.js; nuxt
Web development > Front end > JavaScript > Angular
    angular; angularjs; angular2; ngrx; rxjs; rx
Web development > Back end
    back-end*; back end*; backend; api; rest; restapi; graphql; microservices; serverless
Web development > Back end > Node.js
    node; node.js; nodejs; express; nestjs
Web development > Back end > PHP
    php; modern php; laravel; symfony; codeigniter
Web development > Back end > Ruby
    ruby; rails; ruby on rails
Web development > Back end > Django
    django; flask; fastapi
Software engineering
    software development; software engineering; software developer; software engineer; desktop
    applications developer; programming; coding; programmer; programmer / dev; software-design;
    architecture; data structures; distributed systems; fp; best-practices; tdd; git
Software engineering > .NET
    .net; dotnet; dotnet core; .netcore; c#; c-sharp; f#; asp.net; asp.net core; vb.net; xaml; uwp
Software engineering > Java
    java; spring; kotlin; scala; groovy
Software engineering > C and C++
    c; c++
Software engineering > Python
    python
Software engineering > Go
    go; golang
Software engineering > Rust
    rust
Software engineering > Embedded
    embedded developer; embedded devices/services; arduino; firmware
Software engineering > Databases
    sql; tsql; mysql; mssql; sql server; sql servers; nosql; mongodb; redis; database; database
    administrator
Games
    game developer; game development*; games development; graphics programming; unity
Data and machine learning
    data; data scientist*; data science; data engineer*; machine learning*; machine learning
    specialist; data analysis; developer with a statistics or mathematics background; developer
    with stats math background; statistics; tensorflow
Mobile development
    mobile; mobile developer; mobile development; react native; ionic; xamarin; xamarin.forms;
    xamarin forms; native
Mobile development > Android
    android
Mobile development > iOS
    ios; swift; objective-c; objc
Infrastructure
    devops*; devops; sysadmin; systems administrator; network engineer; linux; kubernetes
Infrastructure > Cloud
    cloud; aws; azure; ibm cloud; firebase
Quality assurance
    quality assurance*; quality assurance engineer; testing; automation; selenium; jest; quality
User experience and design
    user experience*; ux; ui; graphic designer; user interface; graphics design; ui/ux; design;
    visual design; figma; sketch
User experience and design > Accessibility
    accessibility; a11y
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
