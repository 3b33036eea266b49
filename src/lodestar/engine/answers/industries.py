"""Which industry does an answer name?

Two levels after the sectors of the North American Industry Classification System (United States
government, public domain), with the words people use for them in surveys and sign-up forms.
"""

from lodestar.engine.answers.families import families_from

INDUSTRIES = families_from("""
Technology > Software and IT
    software*; computing; tech; technology; information technology; it; saas; web services;
    web; internet; cloud; cyber*; cybersecurity; data; artificial intelligence; ai; computing
    or tech; software development and it; software products; web development; e-commerce;
    ecommerce; startup; informatique; informatik; tecnología; tecnologia
Technology > Games
    gaming; games; game*; video games; esports
Technology > Telecommunications
    telecom*; telecommunications; utilities & telecommunications; mobile networks
Technology > Hardware
    hardware; semiconductor*; electronics; embedded; robotics
Engineering > Manufacturing
    manufactur*; engineering or manufacturing; automotive; chemical*; chemistry; packaging;
    textile*; aerospace*; aviation; industrial; factory; consumer goods; consumer packaged
    goods; cpg; food manufacturing
Engineering > Engineering and architecture
    engineering; architect*; architecture or physical engineering; civil engineering;
    surveying; drafting
Engineering > Construction and property
    construction*; property or construction; real estate; property; building trades;
    construction and extraction
Engineering > Energy and utilities
    energy; oil; gas; oil and gas; utilities; power; renewable*; solar; mining; electricity;
    water
Finance > Banking and investment
    finance*; financial*; bank*; banking; accounting, banking & finance; finance / banking;
    investment*; private equity; venture capital; fintech; trading; asset management
Finance > Accounting
    accounting; accountan*; audit*; tax; bookkeep*
Finance > Insurance
    insurance*; actuar*; reinsurance
Business > Consulting
    consult*; business or consulting; management consulting; strategy; business; professional
    services
Business > Marketing and communication
    marketing*; advertis*; public relations; pr; marketing, advertising & pr; communications;
    branding; market research
Business > Sales and retail
    sales; retail*; wholesale; shop; store; customer service; call center; fashion; import;
    export
Business > People and administration
    human resources; hr; recruit*; recruitment or hr; staffing; administrat*; office; office
    and administrative support; facilities; janitorial
Business > Transport and logistics
    transport*; logistic*; transport or logistics; supply chain; shipping; warehous*; freight;
    railway*; delivery
Business > Hospitality and travel
    hospitality*; hospitality & events; hotel*; restaurant*; food and beverage; food service;
    catering; tourism; travel; leisure, sport & tourism; events
Education > Higher education
    higher education; education (higher education); universit*; college; academia; academic*;
    postsecondary
Education > Research
    research*; science; scientific*; laborator*; r&d; think tank; research and development
Education > Schools
    education; school*; education (primary/secondary); primary; secondary; teaching; k-12;
    early childhood; childcare; child care; tutoring; edtech; training; bildung; educación;
    éducation
Education > Libraries and museums
    librar*; archiv*; museum*; heritage; galler*; cultural heritage
Health > Care
    health*; health care; healthcare; medic*; hospital*; nurs*; dental; pharmacy; clinical;
    mental health; veterinar*; wellness; santé; salud; gesundheit
Health > Biotech and pharma
    biotech*; pharma*; pharmaceutical*; life sciences; life science; medical devices; medical
    device; biopharma; genomics; clinical research
Society > Non-profit
    nonprofit*; non-profit*; non profit*; foundation*; foundation / non-profit; charity; ngo;
    philanthrop*; international development; humanitarian; association*; religio*; church
Society > Social work
    social work; social services; social care; community work; counseling; counselling
Society > Government
    government*; government and public administration; public administration; public sector;
    public service; civil service; policy; politic*; defense; defence; military; diplomacy
Society > Law
    law; legal*; law firm; justice; court*; compliance
Society > Safety
    law enforcement*; law enforcement & security; law enforcement and fire and rescue;
    security; police; fire and rescue; emergency services
Society > Environment and farming
    agricultur*; agriculture or forestry; farm*; farming, fishing, and forestry; forestry;
    fishing; environment*; conservation; climate; sustainability; ecology; landscap*
Media > Media and publishing
    media; media & digital; publish*; journalis*; newspaper; broadcast*; television; radio;
    film; editorial; news
Media > Art and design
    art; arts; art & design; design; photograph*; crafts; interior design
Media > Entertainment and sport
    entertainment*; arts, entertainment, sports, or media; music*; theatre; theater;
    performing arts; sport*; sports; fitness
""")
