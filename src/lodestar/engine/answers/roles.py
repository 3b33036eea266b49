"""Which kind of work does a job title or a career goal name?

Two levels, after the major groups of the Standard Occupational Classification (United States government, public
domain), with the words that job titles use.
"""

from lodestar.engine.answers.families import families_from

ROLES = families_from("""
Technology > Web development
    web developer; web application developer; front-end*; front end*; frontend*; back-end*;
    back end*; backend*; full-stack*; full stack*; fullstack*; full-stack web developer;
    front-end web developer; back-end web developer; webmaster; web engineer; server
    programmer; web programmer
Technology > Software engineering
    software*; software developer; software engineer*; programmer*; developer*; desktop
    application*; application developer; embedded*; embedded application developer; game
    developer*; game development*; games development; sde; coder; firmware*; swe; coding;
    programming; dev
Technology > Mobile development
    mobile developer; mobile application developer; ios; android; mobile
Technology > Data
    data scientist*; data engineer*; data analy*; data scientist / data engineer; machine
    learning*; statistic*; business intelligence; data; bioinformatic*; analytics; database*;
    database administrator; quantitative analyst; ai engineer; artificial intelligence; ml; dba
Technology > Infrastructure
    devops*; devops / sysadmin; sysadmin*; systems admin*; system administrator*; network*; site
    reliability*; it support; help desk; it manager; it specialist; it; cloud*; infrastructure;
    desktop support; technical support; systems engineer; systems analyst; sre; helpdesk*; tech
    support
Technology > Security
    security engineer; security analyst; cybersecurity; information security*; security; infosec
Technology > Quality
    quality assurance*; qa; quality assurance engineer; test engineer; tester; sdet; quality
    engineer
Technology > Engineering management
    engineering manager; cto; software manager; manager of developers or team leader; team
    leader; tech lead; technical lead; director of engineering; head of engineering; it
    director; chief technology officer; chief technical officer
Product > Product management
    product manager; product owner; product*; head of product
Product > Design
    user experience*; ux*; ui; user experience designer; designer*; graphic design*; art
    director; creative director; interaction design*; illustrat*; design; graphics programmer;
    architect
Product > Project management
    project manager; program manager; programme manager; project coordinator; scrum*;
    project*; program coordinator; program director; program officer; delivery manager;
    business analyst; technical program manager
Business > Leadership
    director; executive director; ceo; chief*; president; vice president; vp; founder*; owner;
    managing director; partner; principal; general manager; c-level; entrepreneur; coo; svp;
    evp; chief executive officer; chief operating officer
Business > Operations
    operations*; supply chain*; logistic*; procurement; buyer; purchas*; operations manager;
    manager; store manager; production*; planner
Business > Consulting
    consultant*; strategist; strategy*; advisor; management consultant
Business > Finance
    financ*; accountant*; accounting*; controller; auditor; bookkeep*; tax*; actuar*;
    underwrit*; banker; investment*; payroll*; economist; financial analyst; analyst; claims*;
    cfo; treasur*; credit*; cpa; banking; insurance*; trader*; private equity; venture capital;
    wealth manag*; loan officer*; chief financial officer
Business > Sales
    sales*; account executive; account manager; business development*; customer success*;
    account*; realtor; retail*; cashier
Business > Marketing and communication
    marketing*; communications*; public relations; social media*; content*; brand*; seo;
    copywrit*; advertis*; digital marketing; media*; chief marketing officer; pr; comms
Business > People
    human resources*; hr*; recruit*; talent*; people operations; people partner; learning and
    development; training*; trainer; personnel*; l&d
Business > Administration
    administrative*; executive assistant; office manager; assistant; administrator;
    receptionist; secretary; coordinator; clerk; data entry; customer service*; customer
    support*
Education > Teaching
    teacher*; teaching*; tutor*; instructor*; educator*; instructional*; school*; kindergarten*;
    headteacher*; head teacher*; headmaster; headmistress; special needs
Education > Higher education
    professor*; lecturer*; academic*; dean; faculty; admissions*; registrar; student*;
    assistant professor; associate professor; academic advisor
Education > Library
    librarian*; library*; archivist*; curator*; museum*; records*
Science > Research
    scientist*; research*; postdoc*; laboratory*; lab*; chemist*; biolog*; physicist*; geolog*;
    research scientist; research assistant; research associate; clinical research*; regulatory*;
    clinical laboratory scientist; epidemiolog*; post-doc*
Science > Engineering
    engineer*; mechanical*; civil*; electrical*; chemical engineer; process engineer; project
    engineer; manufacturing*; industrial engineer; technician*; aerospace*; environmental*
Health > Care
    nurse*; rn; physician*; doctor; pharmac*; dentist*; therapist*; veterinar*; medical*;
    clinical*; health*; psycholog*; speech*; occupational therapist; paramedic; dietit*;
    counselor*; counsellor*; surgeon*; surgical; nursing; midwi*; medic; doctors; gp; general
    practitioner*; pediatric*; paediatric*; physio*; dietician*; nutrition*; optometr*;
    optician*; orthop*; anesth*; anaesth*; radiolog*; psychiatr*; emt; emergency medical
    technician*; caregiver*; carer*; care worker
Society > Social work
    social worker*; case manager; caseworker; community*; volunteer*; outreach*; community
    outreach/education
Society > Law
    attorney*; lawyer*; paralegal*; legal*; counsel; general counsel; solicitor*; compliance*;
    judge; law clerk; contract*; barrister*; jurist; avocat*; law; lawyers; law student
Society > Government
    policy*; government*; public administrator; city*; civil servant; diplomat*; legislative*;
    military; officer; civil service; public service; public sector; politician*; police*;
    constable; army; soldier*; armed forces; city manager
Society > Non-profit
    fundrais*; grant*; development officer; development director; development manager;
    development associate; nonprofit*; advancement*; director of development; donor*; ngo;
    charity; charities; humanitarian*; non-profit*
Media > Writing
    writer*; editor*; technical writer; journalist*; reporter; author; proofreader; translator*;
    publish*; editorial*; newsreader
Media > Arts
    artist*; actor; musician*; photograph*; film*; video*; producer; animator*; music*; 3d*
Trades > Services
    chef; cook; driver; electrician; mechanic*; security guard; bartender; server; barista;
    construction*; warehouse*; event*; travel*
""")
