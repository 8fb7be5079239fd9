"""Write a language model with random weights, small enough for a test: one layer, a token for each ASCII character.

Run by the interpreter that has llama-cpp-python and gguf: ``python tiny_model.py OUT.gguf``.
"""

from __future__ import annotations

import sys
from typing import Any

import gguf
import numpy as np

WIDTH, HEADS, INNER, CONTEXT = 32, 2, 64, 65536


def vocabulary() -> tuple[list[bytes], list[float], list[int]]:
    """Tokens, scores and kinds: unknown, begin, end, the 256 bytes, the printable characters."""
    special = [b"<unk>", b"<s>", b"</s>"]
    raw = [f"<0x{number:02X}>".encode() for number in range(256)]
    plain = [bytes([number]) for number in range(33, 127)] + ["▁".encode()]
    kinds = (
        [gguf.TokenType.UNKNOWN] + [gguf.TokenType.CONTROL] * 2 + [gguf.TokenType.BYTE] * 256
        + [gguf.TokenType.NORMAL] * len(plain)
    )  # fmt: skip
    tokens = special + raw + plain
    return tokens, [0.0] * len(tokens), [int(kind) for kind in kinds]


def write(path: str) -> None:
    """The model, the same each time."""
    rng = np.random.default_rng(7)
    tokens, scores, kinds = vocabulary()

    def weights(*shape: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        return rng.normal(0.0, 0.5, shape).astype(np.float32)

    out = gguf.GGUFWriter(path, "llama")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(WIDTH)
    out.add_block_count(1)
    out.add_feed_forward_length(INNER)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_vocab_size(len(tokens))
    out.add_tokenizer_model("llama")
    out.add_token_list(tokens)
    out.add_token_scores(scores)
    out.add_token_types(kinds)
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_unk_token_id(0)
    tensors = {
        "token_embd": weights(len(tokens), WIDTH),
        "output_norm": np.ones(WIDTH, dtype=np.float32),
        "output": weights(len(tokens), WIDTH),
        "blk.0.attn_norm": np.ones(WIDTH, dtype=np.float32),
        "blk.0.ffn_norm": np.ones(WIDTH, dtype=np.float32),
        **{f"blk.0.attn_{name}": weights(WIDTH, WIDTH) for name in ("q", "k", "v", "output")},
        "blk.0.ffn_gate": weights(INNER, WIDTH),
        "blk.0.ffn_up": weights(INNER, WIDTH),
        "blk.0.ffn_down": weights(WIDTH, INNER),
    }
    for name, tensor in tensors.items():
        out.add_tensor(f"{name}.weight", tensor)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


if __name__ == "__main__":
    write(sys.argv[1])
