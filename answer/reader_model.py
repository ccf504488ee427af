"""The reader's network: MiniLM's encoder, and for every token the logits that an answer starts or ends there.

Imported only when a reader is loaded or trained, since torch takes seconds to import.  Position 0 (the
token [CLS]) stands for "not in this passage".  The word embeddings are those of the embedding model, left
as they are: a reader's file holds everything else.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

WORDS = "bert.embeddings.word_embeddings.weight"


class ReaderModel(nn.Module):
    """Start and end logits over (question, passage) pairs."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.ends = nn.Linear(int(bert.config.hidden_size), 2)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Logits (batch, tokens, 2), start and end, in float32; minus infinity where `allowed` is not."""
        hidden = self.bert(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        logits: Tensor = self.ends(hidden).float()
        return logits.masked_fill(~answerable(kinds, mask).unsqueeze(-1), float("-inf"))

    def shipped(self) -> dict[str, Tensor]:
        """The weights that are the reader's own: all but the word embeddings, in float16."""
        return {
            name: value.detach().to("cpu", torch.float16).contiguous()
            for name, value in self.state_dict().items()
            if name != WORDS and value.is_floating_point()
        }


def answerable(kinds: Tensor, mask: Tensor) -> Tensor:
    """Where an answer may stand: tokens of the passage (kind 1, but for its last [SEP]), and position 0."""
    last = torch.nn.functional.pad(mask[:, 1:], (0, 1)) == 0
    allowed = kinds.bool() & mask.bool() & ~last
    allowed[:, 0] = True
    return allowed


def pretrained(folder: Path, dropout: float = 0.0, attention: str = "eager") -> ReaderModel:
    """A reader before training: the encoder in `folder`, its word embeddings frozen.

    `attention` is the name that transformers gives a way to compute it.
    """
    bert = BertModel.from_pretrained(
        str(folder),
        add_pooling_layer=False,
        attn_implementation=attention,
        dtype=torch.float32,
        local_files_only=True,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return ReaderModel(bert)


def loaded(folder: Path, weights: dict[str, Tensor], words: nn.Embedding) -> ReaderModel:
    """A trained reader: the shape of the encoder in `folder`, its own `weights`, the embeddings `words` of another.

    It is on the device, and of the precision, of `words`.
    """
    config = BertConfig.from_pretrained(str(folder), local_files_only=True, attn_implementation="eager")
    model = ReaderModel(BertModel(config, add_pooling_layer=False))
    model.bert.embeddings.word_embeddings = words
    model.load_state_dict({**weights, WORDS: words.weight})
    like = next(words.parameters())
    return model.to(device=like.device, dtype=like.dtype).eval()
