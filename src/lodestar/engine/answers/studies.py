"""Which field of study does an answer name?

Families after the two-digit series of the Classification of Instructional Programs 2020
(National Center for Education Statistics, public domain); the answer itself is the second step.
"""

from lodestar.engine.answers.families import families_from

FIELDS_OF_STUDY = families_from("""
Computing
    comput*; software*; informati*; data*; programming; web*; cyber*; network*; ai; machine
    learning; information technology; information systems
Engineering
    engineer*; mechanic*; electrical*; electronic*; civil engineering; aerospace*; robotic*;
    mechatronic*; architecture; industrial*
Mathematics and statistics
    math*; statistic*; actuarial*; operations research
Natural sciences
    physic*; chemist*; biolog*; biochem*; geolog*; astronom*; environment*; earth science*;
    neuroscience; microbiology; ecolog*; marine*
Health
    medicin*; medical*; nurs*; health*; pharmac*; dentist*; kinesiology; veterinar*;
    nutrition; public health
Social sciences
    econom*; politic*; sociolog*; psycholog*; anthropolog*; international relations;
    geograph*; criminolog*; social science*; international studies; public policy; urban*
Business
    business*; account*; financ*; marketing*; management*; mba; commerce; administration;
    advertising*; human resources; entrepreneur*; hospitality*; supply chain*
Law
    law; legal*; jurisprud*; criminal justice
Humanities
    histor*; philosoph*; english*; literat*; linguist*; language*; classic*; religio*;
    theolog*; humanities; liberal arts*; french; spanish; german; general studies; translation
Arts and design
    art; arts; design*; music*; film*; theat*; photograph*; graphic*; fine arts; animation;
    game design; fashion*; interior design
Communication
    communicat*; journalis*; media*; public relations; broadcast*
Education
    educat*; teach*; pedagog*; early childhood*
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
