"""What do the pretend alumni write? In their own words, by what they work in and hope for."""

from random import Random

from lodestar.demo.cast import Figure

HOPES = (
    ("Finding my first job", "I have sent forty applications and heard from three. I want to know what I am doing wrong, from somebody who reads applications in {industry}."),
    ("Changing fields", "I trained in {study} and do not want to spend my life in it. I would like to hear from somebody who moved to {industry} and did not regret it."),
    ("Interviews without panic", "I freeze in interviews. A few honest practice runs with somebody from {industry} would be worth more than any book."),
    ("Going to graduate school", "I can't decide between graduate school and taking the offer I have. I would like to think it through with somebody who had the same choice."),
    ("Finding out what I want", "Everybody around me seems to have a plan. I have {study} and many interests. An hour a month with somebody patient would help."),
    ("Settling into a new job", "I started as {function} three months ago and still feel like a visitor. How do people learn what nobody writes down?"),
    ("Being the first in my family", "Nobody in my family has worked in an office. I do not know the rules that others seem to have been born with."),
    ("Meeting people in my field", "I moved to {city} and know nobody in {industry}. I would like to learn how to write to people I do not know."),
    ("Talking about pay", "I was offered less than a colleague and said nothing. I want to learn how to ask."),
    ("Speaking up in meetings", "I have ideas and say them afterwards, to the wrong people. I would like to change that this year."),
    ("Public service and nonprofits", "I want work that is of use to somebody and can still pay my rent in {city}. I wonder what that looks like ten years in."),
    ("Leading people for the first time", "From January I lead four people, two of them older than I am. I would like to hear what you wish you had known."),
)  # fmt: skip

OFFERS = (
    "I listen first and ask many questions. I have been in {industry} for {years} years and made most of the mistakes there are.",
    "I can read drafts, practise interviews, and tell you how hiring in {industry} looks from the inside.",
    "Somebody at Halden did this for me in {class_year}. I would like to pass it on, an hour a month, in the evening.",
    "I went from {study} to {industry} by three detours, and each was worth it. Happy to draw the map.",
    "Direct but kind. I like to end each talk with one thing you will do before the next.",
    "I work as {function} and hire two or three people a year. Ask me anything you would not dare to ask at work.",
)

MENTEE_MESSAGES = (
    "Thank you for Tuesday. I rewrote the first paragraph as you said and it reads like me at last.",
    "I got the interview! Next Thursday, a panel of three. May I send you their questions?",
    "Small update: I talked to the two people you named. Both answered within a day.",
    "I am nervous about our first talk, so I wrote down three questions. I hope that is all right.",
    "It did not work out, but the feedback was kinder than I feared. Shall we look at it together?",
)
MENTOR_MESSAGES = (
    "Glad to meet you. Would Thursday evening suit? I keep it free for this.",
    "That is a much better letter. Cut the second sentence and send it.",
    "Three questions is exactly right. Bring the one you are a little afraid of.",
    "Well done. Whatever comes of it, you asked, and that was the point.",
    "I will be travelling the week after next. Let us talk before, even if only for twenty minutes.",
)
GOALS = (
    ("A CV that fits the work I want", "Send a first draft"),
    ("Decide between graduate school and a job", "Talk to two people in each"),
    ("Ask for a fair salary", "Find out what others are paid"),
    ("Know ten people in my field", "Write to the first three"),
    ("Three practice interviews", "Choose the questions"),
)
NOTES = (
    "Start with what went well; she is harder on herself than anybody else.",
    "Ask again about the offer in two weeks.",
    "Agreed: one page, no jargon, by Friday.",
)
STYLES = ("listens", "challenges", "opens_doors", "teaches")


def hopes_of(figure: Figure, dice: Random) -> tuple[list[str], str]:
    """Return a mentee's topics, the most important first, and what would make it worth their time."""
    wishes = dice.sample(HOPES, k=dice.choice((2, 3, 3, 4)))
    return [topic for topic, _text in wishes], told(wishes[0][1], figure)


def offers_of(figure: Figure, dice: Random) -> tuple[dict[str, int], str]:
    """Return a mentor's topics with their strength, and how they work."""
    topics = dice.sample([topic for topic, _text in HOPES], k=dice.choice((3, 4, 5)))
    return {topic: dice.choice((1, 2, 2, 3)) for topic in topics}, told(dice.choice(OFFERS), figure)


def told(text: str, figure: Figure) -> str:
    return text.format(
        industry=figure.field.industry.lower(),
        study=figure.study.lower(),
        function=figure.function.lower(),
        city=figure.place[0],
        years=figure.experience,
        class_year=figure.class_year,
    )
