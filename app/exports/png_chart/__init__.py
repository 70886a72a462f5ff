"""The same picture in pixels, for programs that take no drawing."""

from app.exports.formats import Format, Purpose
from app.exports.png_chart.pixels import write
from app.screens.render import N_

FORMAT = Format("png", "image/png", write, N_("Picture (png)"), Purpose.SHOW, of_a_question=True, aside=True)
