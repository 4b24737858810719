from etoko.answering.operations.answering import UnableToAnswer, answer_by_link, take_back_answer

__all__ = ["UnableToAnswer", "answer_by_link", "take_back_answer"]
