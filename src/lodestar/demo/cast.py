"""Who are the pretend alumni of Halden College? The same people at every build."""

from dataclasses import dataclass
from random import Random

NAMES = (
    """
Adaeze Nwosu|Aiko Murakami|Alejandra Quiroga|Alistair Penrose|Anneke de Vries|Anton Kowalczyk|Beatriz Salgado|Bilal Qureshi
Brigid O’Halloran|Caio Nogueira|Camille Lefèvre|Cedric Ashworth|Chiara Bellini|Chinedu Eze|Daphne Stavrou|Dagny Holm
Delphine Marchetti|Diego Arriaga|Ebba Lindqvist|Efua Mensah|Elif Yıldız|Emeka Obi|Erik Sandvik|Esperanza Robles
Fadil Rahman|Farah Siddiqui|Fenna Bakker|Fiona Carrick|Gareth Pugh|Giulia Ferri|Grace Achieng|Gustav Nyberg
Hana Novotná|Harriet Blythe|Haruto Sato|Helga Brandt|Hikari Ono|Ibrahim Diallo|Ilse Vermeulen|Imani Otieno
Ines Carvalho|Iskander Bek|Jamal Whitaker|Jana Horváth|Jia-Hui Lim|Joaquín Peralta|Johanna Weiss|Josefine Krog
Kamala Iyer|Karim Benali|Katarzyna Zielińska|Kenji Watanabe|Khadija El Amrani|Kofi Boateng|Kristof Baum|Lakshmi Menon
Laszlo Varga|Leila Farahani|Leopold Hartmann|Linh Trần|Lucía Montero|Ludmila Petrova|Mads Thorsen|Malika Toure
Marcelo Prado|Mariam Khalil|Matilda Frost|Mateo Rinaldi|Maxine Holloway|Milan Jovanović|Miriam Adler|Musa Kamara
Nadia Haidari|Naomi Feldman|Nikhil Deshpande|Nils Ekström|Noémie Girard|Nuria Vidal|Obinna Okeke|Olga Sorokina
Omar Farouk|Orla Keane|Paloma Reyes|Patience Moyo|Pavel Dvořák|Petra Zimmer|Philippa Marsh|Priya Raghavan
Quentin Dubois|Rafael Monteiro|Ravi Chandran|Rosalind Hale|Rune Dahl|Sabine Keller|Salma Osman|Samir Nassar
Sanne Visser|Saoirse Byrne|Selma Arslan|Senait Tesfaye|Shira Rosen|Signe Madsen|Simone Conti|Sunita Patil
Svea Bergström|Tamsin Rowe|Tariq Aziz|Tatiana Volkova|Tendai Chikafu|Theodora Lambros|Thu Nguyễn|Tobias Kranz
Uma Krishnan|Valentina Rossi|Victor Almeida|Viktoria Lang|Wanjiku Kariuki|Wendell Price|Xavier Roche|Yara Hamdan
Yosef Mizrahi|Yui Nakamura|Zainab Bello|Zoltán Fekete|Zsofia Nagy|ليلى المنصوري|أحمد الخطيب|李文静
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

PLACES = (
    ("London", "United Kingdom", "Europe/London", ("en",)),
    ("Nairobi", "Kenya", "Africa/Nairobi", ("en", "sw")),
    ("Berlin", "Germany", "Europe/Berlin", ("en", "de")),
    ("Oslo", "Norway", "Europe/Oslo", ("en", "no")),
    ("Toronto", "Canada", "America/Toronto", ("en", "fr")),
    ("New York", "United States", "America/New_York", ("en",)),
    ("Chicago", "United States", "America/Chicago", ("en", "es")),
    ("São Paulo", "Brazil", "America/Sao_Paulo", ("en", "pt")),
    ("Lagos", "Nigeria", "Africa/Lagos", ("en",)),
    ("Accra", "Ghana", "Africa/Accra", ("en",)),
    ("Beirut", "Lebanon", "Asia/Beirut", ("en", "ar", "fr")),
    ("Mumbai", "India", "Asia/Kolkata", ("en", "hi")),
    ("Singapore", "Singapore", "Asia/Singapore", ("en", "zh")),
    ("Paris", "France", "Europe/Paris", ("en", "fr")),
)


@dataclass(frozen=True)
class Field:
    """A corner of working life: what people there do, studied, and can speak about."""

    industry: str
    functions: tuple[str, ...]
    studies: tuple[str, ...]
    employers: tuple[str, ...]


FIELDS = (
    Field("Health care", ("Public health advisor", "Hospital pharmacist", "Nurse practitioner", "Health data analyst"),
          ("Biology", "Nursing", "Public health"), ("Aster Clinics", "Northfold Hospital", "Clearwell Health")),
    Field("Technology", ("Software engineer", "Product manager", "Data scientist", "UX researcher"),
          ("Computer science", "Mathematics", "Psychology"), ("Larkspur Systems", "Fathom Labs", "Quillon")),
    Field("Education", ("Secondary teacher", "Curriculum designer", "University lecturer", "School principal"),
          ("History", "English literature", "Education"), ("Eastbrook School", "Halden College", "Open Desk Learning")),
    Field("Finance", ("Auditor", "Financial analyst", "Risk manager", "Investment associate"),
          ("Economics", "Accounting", "Mathematics"), ("Harbour & Pine", "Meridian Trust", "Ostler Bank")),
    Field("Law and public policy", ("Policy officer", "Solicitor", "Legislative aide", "Human rights lawyer"),
          ("Political science", "Law", "Philosophy"), ("City of Marlow", "Fenwick Chambers", "Open Rights Fund")),
    Field("Media and arts", ("Editor", "Documentary producer", "Museum curator", "Graphic designer"),
          ("English literature", "Art history", "Journalism"), ("Inkwell Press", "Tidewater Films", "Gallery 19")),
    Field("Environment and energy", ("Wind energy engineer", "Sustainability lead", "Hydrologist", "Energy analyst"),
          ("Environmental science", "Mechanical engineering", "Geology"), ("Fjordkraft", "Greenline", "River Trust")),
    Field("Nonprofit", ("Program officer", "Fundraiser", "Refugee support lead", "Community organiser"),
          ("Sociology", "Anthropology", "Social work"), ("Bridge House", "Lantern Aid", "Commonweal")),
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One pretend alumnus, before anything is stored."""

    given_name: str
    family_name: str
    email: str
    class_year: int
    place: tuple[str, str, str, tuple[str, ...]]
    field: Field
    function: str
    study: str
    employer: str

    @property
    def experience(self) -> int:
        return max(0, 2026 - self.class_year - 1)


def figure(number: int, name: str, dice: Random, *, years: tuple[int, int]) -> Figure:
    given, _space, family = name.partition(" ")
    field = dice.choice(FIELDS)
    return Figure(
        given_name=given,
        family_name=family,
        email=f"alum-{number:03d}@halden.example",
        class_year=dice.randint(*years),
        place=dice.choice(PLACES),
        field=field,
        function=dice.choice(field.functions),
        study=dice.choice(field.studies),
        employer=dice.choice(field.employers),
    )


def cast(seed: int = 1851) -> tuple[list[Figure], list[Figure]]:
    """Return (older, younger) alumni; no name is used twice, every draw follows from the seed."""
    dice = Random(seed)  # noqa: S311  a pretend college needs no secrets
    names = list(NAMES)
    dice.shuffle(names)
    half = len(names) // 2
    older = [figure(n, name, dice, years=(1988, 2014)) for n, name in enumerate(names[:half])]
    younger = [
        figure(n, name, dice, years=(2017, 2026)) for n, name in enumerate(names[half:], start=half)
    ]
    return older, younger


@dataclass(frozen=True)
class Principal:
    """Somebody whose account the demo prints: a role to try, and what makes it worth trying."""

    key: str
    role: str
    name: str
    email: str
    class_year: int
    place: int
    field: int
    why: str

    def figure(self) -> Figure:
        given, _space, family = self.name.partition(" ")
        field = FIELDS[self.field]
        return Figure(
            given, family, self.email, self.class_year, PLACES[self.place], field,
            field.functions[0], field.studies[0], field.employers[0],
        )  # fmt: skip


PRINCIPALS = (
    Principal("admin", "association admin", "Noor Haddad", "admin@halden.example", 1996, 10, 7, "names the association, imports alumni, appoints people"),
    Principal("lena", "coordinator of First Steps", "Lena Berg", "lena@halden.example", 2003, 3, 2, "a pilot done, a cohort in mid-program, one recruiting"),
    Principal("tomas", "coordinator of Turning Points and A Good Hour", "Tomás Ferreira", "tomas@halden.example", 2001, 7, 4, "what came of people’s lists waits for a look; requests in every state"),
    Principal("ingrid", "safeguarding lead", "Ingrid Solberg", "safe@halden.example", 1992, 3, 4, "the only one who reads safety concerns"),
    Principal("ruth", "mentor", "Ruth Okafor", "ruth@halden.example", 2004, 0, 0, "two mentees, one of them new and waiting for an answer"),
    Principal("amina", "mentee", "Amina Wanjiru", "amina@halden.example", 2021, 1, 0, "in the seventh week with Ruth"),
    Principal("mei", "applicant", "Mei Tanaka", "mei@halden.example", 2024, 12, 1, "applied to the winter cohort, not yet decided"),
    Principal("rosa", "reviewer of First Steps", "Rosa Lindt", "rosa@halden.example", 2006, 4, 6, "applications to read, without a name"),
    Principal("jonas", "member", "Jonas Keller", "jonas@halden.example", 2019, 2, 5, "an account and nothing else yet"),
)  # fmt: skip
NAMESAKES = (
    Principal("amina2", "", "Amina Wanjiru", "amina.w@halden.example", 2009, 5, 3, ""),
    Principal("ruth2", "", "Ruth Okafor", "ruth.o@halden.example", 1990, 8, 6, ""),
)

FIGURES = {p.key: p.figure() for p in (*PRINCIPALS, *NAMESAKES)}
