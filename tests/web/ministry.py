"""A ministry's page that notes are written from: served on loopback by the fixture `site`."""

PATH = "/hoi-dap"
SENTENCE = "Súc miệng bằng nước muối không diệt được vi rút."
PAGE = f"<title>Hỏi đáp của Bộ Y tế</title><p>Nhiều người hỏi.</p><p>{SENTENCE}</p><p>Rửa tay thì có ích.</p>"
