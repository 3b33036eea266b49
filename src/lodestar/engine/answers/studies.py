"""Which field of study does an answer name?

Families after the two-digit series of the Classification of Instructional Programs 2020
(National Center for Education Statistics, public domain); the answer itself is the second step.
"""

from lodestar.engine.answers.families import families_from

FIELDS_OF_STUDY = families_from("""
Computing
    comput*; software*; informati*; data*; programming; web*; cyber*; network*; ai; machine
    learning; information technology; information systems; compsci; comp sci; comp-sci; cs; cse;
    ict; hci; human computer interaction; artificial intelligence
Engineering
    engineer*; mechanic*; electrical*; electronic*; civil engineering; aerospace*; robotic*;
    mechatronic*; architecture; industrial*; biomedical engineering; mech eng; chem eng; ee; ece
Mathematics and statistics
    math*; statistic*; actuarial*; operations research; stats
Natural sciences
    physic*; chemist*; biolog*; biochem*; geolog*; astronom*; environment*; earth science*;
    neuroscience; microbiology; ecolog*; marine*; bio; astro*; env sci
Health
    medicin*; medical*; nurs*; health*; pharmac*; dentist*; kinesiology; veterinar*; nutrition;
    public health; physician*; med; premed; pre-med; mbbs; mbchb; mph; bsn
Social sciences
    econom*; politic*; sociolog*; psycholog*; anthropolog*; international relations; geograph*;
    criminolog*; social science*; international studies; public policy; urban*; econ; poli sci;
    polisci; psych; anthro
Business
    business*; account*; financ*; marketing*; management*; mba; commerce; administration;
    advertising*; human resources; entrepreneur*; hospitality*; supply chain*; bba; bcom
Law
    law; legal*; jurisprud*; criminal justice; llb; llm; jd; juris doctor
Humanities
    histor*; philosoph*; english*; literat*; linguist*; language*; classic*; religio*; theolog*;
    humanities; liberal arts*; french; spanish; german; general studies; translation; lit; phil;
    hist
Arts and design
    art; arts; design*; music*; film*; theat*; photograph*; graphic*; fine arts; animation; game
    design; fashion*; interior design; bfa; mfa
Communication
    communicat*; journalis*; media*; public relations; broadcast*
Education
    educat*; teach*; pedagog*; early childhood*; pgce
Social work
    social work*; counsel*; human services
Agriculture
    agricultur*; forest*; horticultur*; animal science*; food science*
""")


def field_path(text: str) -> str:
    """Return family and field of an answer.

    >>> field_path("Computer Science"), field_path("Zymurgy")
    ('Computing > Computer Science', 'Zymurgy')
    """
    shown = " ".join(text.replace(">", " ").split())
    family = FIELDS_OF_STUDY.path(text)
    return f"{family} > {shown}" if family else shown
