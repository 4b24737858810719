"""What a deed raises when it cannot be done: a sentence for people, and nothing has changed."""


class UnableTo(Exception):
    """Base of every refusal. `sentence` says in Indonesian what happened and what to do next.

    `field` names the form field the sentence belongs to, or is empty for the whole form.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.field = field
